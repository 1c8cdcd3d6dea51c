"""The project as a Django app: it wires what stands below."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "baiying.project"
    label = "project"
