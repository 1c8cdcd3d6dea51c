from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """The declarations as the database keeps them."""

    name = "baiying.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"
