"""The addresses: the web's own table, and those that machines ask."""

from django.conf import settings
from django.urls import include, path

from baiying.project.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("baiying.web.urls")),
]

handler400 = "baiying.web.views.trouble.misread"
handler403 = "baiying.web.views.trouble.forbidden"
handler404 = "baiying.web.views.trouble.unseen"
handler500 = "baiying.web.views.trouble.broken"

if settings.BAIYING_BENCH:
    from baiying.project.bench.floor import floor
    from baiying.project.bench.listing import listing

    urlpatterns[:0] = [path("bench/floor", floor, name="floor"), path("bench/list", listing, name="listing")]
