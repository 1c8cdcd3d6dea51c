"""The settings of the other help desk: its own defaults, the same database server, debug off."""

import os
from typing import Any

SECRET_KEY = "measured and thrown away"  # signs the sessions of one measurement
DEBUG = False
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "baiying.project.bench.helpdesk.urls"
INSTALLED_APPS = [
    "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.sites",
    "django.contrib.humanize", "django.contrib.messages", "django.contrib.staticfiles", "django.contrib.admin",
    "rest_framework", "helpdesk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware", "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware", "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
    "OPTIONS": {"context_processors": [
        "django.template.context_processors.debug", "django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth", "django.contrib.messages.context_processors.messages"]},
}]
DATABASES: dict[str, dict[str, Any]] = {"default": {
    "ENGINE": "django.db.backends.postgresql", "NAME": "helpdesk", "USER": os.environ["PEER_USER"],
    "PASSWORD": os.environ["PEER_PASSWORD"], "HOST": os.environ["PEER_HOST"], "CONN_MAX_AGE": None,
}}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
STATIC_URL, MEDIA_URL, MEDIA_ROOT = "/static/", "/media/", os.environ["PEER_MEDIA"]
LOGIN_URL = "helpdesk:login"
SITE_ID, USE_TZ = 1, True
HELPDESK_ACTIVATE_API_ENDPOINT = False
# Without teams, as its guide says.
HELPDESK_TEAMS_MODEL, HELPDESK_TEAMS_MIGRATION_DEPENDENCIES = "auth.User", list[tuple[str, str]]()


def HELPDESK_KBITEM_TEAM_GETTER(item: object) -> None:
    """No team."""
