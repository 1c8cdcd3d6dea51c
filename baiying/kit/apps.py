"""The Django app ``kit``."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    """What every other app stands on."""

    name = "baiying.kit"
    label = "kit"
    default_auto_field = "django.db.models.BigAutoField"
