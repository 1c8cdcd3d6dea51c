from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "baiying.jobs"
    label = "jobs"
