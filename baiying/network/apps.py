"""The Django app ``network``."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """Units, ties, places, posts and areas."""

    name = "baiying.network"
    label = "network"
