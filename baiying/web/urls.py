"""The addresses, made from the table of routes."""

from baiying.web.routes import ROUTES

urlpatterns = [route.pattern() for route in ROUTES]
