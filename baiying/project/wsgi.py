"""The WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from baiying.project.children import CHILD, follow_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baiying.project.settings")
if os.environ.get(CHILD) == "1":
    follow_parent()
application = get_wsgi_application()

# What was loaded so far lives as long as the process: the collector need not look at it again and again.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
