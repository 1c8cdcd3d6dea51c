"""The Django app ``network``."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """Units, ties, places, posts and areas."""

    name = "baiying.network"
    label = "network"

    def ready(self) -> None:
        """The news must be known before anybody who stands higher listens."""
        from baiying.network import news  # noqa: F401
