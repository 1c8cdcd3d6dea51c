"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from baiying.project.children import CHILD, follow_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baiying.project.settings")
if os.environ.get(CHILD) == "1":
    follow_parent()
application = get_wsgi_application()
