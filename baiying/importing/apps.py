"""The Django app ``importing``."""

from django.apps import AppConfig


class ImportingConfig(AppConfig):
    """Sheets that are brought in."""

    name = "baiying.importing"
    label = "importing"

    def ready(self) -> None:
        """Say where keys are kept, so that a new master key reaches them."""
        from baiying.kit import sealing

        sealing.register("importing_sheet", "key")
