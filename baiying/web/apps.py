from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "baiying.web"
    label = "web"
