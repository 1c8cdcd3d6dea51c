"""The Django app ``setup``."""

from django.apps import AppConfig


class SetupConfig(AppConfig):
    """Setting up, once."""

    name = "baiying.setup"
    label = "setup"
