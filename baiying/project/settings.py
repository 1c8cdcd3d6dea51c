"""Django's settings. Everything an operator may change comes from the environment or the data folder."""

from __future__ import annotations

import os
from pathlib import Path

from baiying.project.database import addresses, as_django
from baiying.project.folders import CHECKOUT, folders

FOLDERS = folders()
BAIYING_DEMO = os.environ.get("BAIYING_DEMO") == "1"
BAIYING_BENCH = os.environ.get("BAIYING_BENCH") == "1"
BAIYING_CATALOGUE = Path(os.environ.get("BAIYING_CATALOGUE", CHECKOUT / "catalogue"))
BAIYING_KEYS = FOLDERS.keys
BAIYING_SETUP_KEY = FOLDERS.setup_key
BAIYING_UPLOADS = FOLDERS.uploads
BAIYING_FILES = FOLDERS.files
# The daily ends of the log's chain (kit.log.anchors); may be a folder that another machine keeps.
BAIYING_ANCHORS = Path(os.environ.get("BAIYING_ANCHORS") or FOLDERS.anchors)
BAIYING_SHUT = FOLDERS.shut
BAIYING_DISTRICT = os.environ.get("BAIYING_DISTRICT", "110107")
BAIYING_WEB_ROLE = addresses().web_role
# Submissions let through from one address in ten minutes; an office or a telephone carrier sits behind one.
BAIYING_SENDS = int(os.environ.get("BAIYING_SENDS", "600"))
# Where the quick exit leads: a page that anybody may have open.
BAIYING_EXIT = os.environ.get("BAIYING_EXIT") or "https://www.baidu.com/"
# Whether staff comes in with the password alone (0), or only with a second factor beside it (1); the demo does without.
BAIYING_SECOND_FACTOR = os.environ.get("BAIYING_SECOND_FACTOR", "0" if BAIYING_DEMO or BAIYING_BENCH else "1") == "1"
# How many proxies of ours stand before the web, each adding to X-Forwarded-For.
BAIYING_PROXIES = int(os.environ.get("BAIYING_PROXIES", "0"))
DEBUG = False
ALLOWED_HOSTS = os.environ.get("BAIYING_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
ROOT_URLCONF = "baiying.project.urls"
WSGI_APPLICATION = "baiying.project.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "members.Person"
LOGIN_URL = "/in/"


def secret(name: str) -> str:
    """A secret of this installation, kept with the keys and made when it is first asked for."""
    import secrets

    from baiying.project.folders import make_private, write_private

    path = make_private(BAIYING_KEYS) / name
    if not path.exists():
        write_private(path, secrets.token_urlsafe(48))
    return path.read_text()


SECRET_KEY = secret("django.secret")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "csp",
    "procrastinate.contrib.django",
    "baiying.kit",
    "baiying.catalogue",
    "baiying.network",
    "baiying.members",
    "baiying.ledger",
    "baiying.cases",
    "baiying.services",
    "baiying.boards",
    "baiying.setup",
    "baiying.importing",
    "baiying.jobs",
    "baiying.web",
    "baiying.project",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "baiying.api.way_in.WayIn",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "baiying.web.gate.Gate",
    "baiying.web.middleware.Courtesy",
]

TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "APP_DIRS": True,
    "OPTIONS": {"context_processors": [
        "django.template.context_processors.request",
        "django.template.context_processors.i18n",
        "django.contrib.auth.context_processors.auth",
        "baiying.web.context.everywhere",
    ]},
}]

FORM_RENDERER = "baiying.web.fields.Fields"

DATABASES = {"default": as_django(addresses())}

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "timetable"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [CHECKOUT / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = FOLDERS.static
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# One member's words never need more; larger bodies are refused with a sentence (web.middleware).
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

FILE_UPLOAD_HANDLERS = ["baiying.web.uploads.Uploads"]
FILE_UPLOAD_TEMP_DIR = BAIYING_UPLOADS
FILE_UPLOAD_PERMISSIONS = 0o600

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_COOKIES = os.environ.get("BAIYING_HTTPS") == "1"
if SECURE_COOKIES:  # the proxy that speaks https says so, or every form would seem to come from another site
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = SECURE_COOKIES
CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_ENGINE = "baiying.kit.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "baiying.web.views.trouble.stale_form"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": {
    "default-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "object-src": ["'none'"],
    "base-uri": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
