"""The Django app ``kit``."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class KitConfig(AppConfig):
    """What every other app stands on."""

    name = "baiying.kit"
    label = "kit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Whenever tables were brought up to date, the keyring and the database are made known to one another."""
        post_migrate.connect(_establish_keys, sender=self)


def _establish_keys(using: str = "default", **_told: object) -> None:
    """Raises KeysMissing when the database was filled under another keyring."""
    from baiying.kit import keys
    from baiying.kit.models import Remembered

    if using == "default" and Remembered._meta.db_table in _tables():
        keys.establish()


def _tables() -> list[str]:
    """The tables there are: none of ours when the app was migrated back to nothing."""
    from django.db import connection

    return connection.introspection.table_names()
