"""The Django app ``boards``."""

from django.apps import AppConfig


class BoardsConfig(AppConfig):
    """Counts what happened below."""

    name = "baiying.boards"
    label = "boards"
