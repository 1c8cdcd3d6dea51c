"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from baiying.project.children import follow_parent

CHILD = "BAIYING_CHILD"  # set by our launcher, under which no web process may outlive its parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baiying.project.settings")
if os.environ.get(CHILD) == "1":
    follow_parent()
application = get_wsgi_application()
