"""The Django app ``members``."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """People and how they sign in."""

    name = "baiying.members"
    label = "members"

    def ready(self) -> None:
        """Say where keys are kept, so that a new master key reaches them."""
        from baiying.kit import sealing

        sealing.register("members_person", "key")
