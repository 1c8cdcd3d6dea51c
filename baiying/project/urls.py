"""The addresses: the web's own table, and the one that machines ask."""

from django.urls import include, path

from baiying.project.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("baiying.web.urls")),
]
