"""The Django app ``members``."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """People and how they sign in."""

    name = "baiying.members"
    label = "members"
