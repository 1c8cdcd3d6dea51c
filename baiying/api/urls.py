"""The addresses of the API, made from its table of operations."""

from __future__ import annotations

from django.urls import path

from baiying.api.built import api
from baiying.api.operation import BASE

urlpatterns = [path(BASE, api.urls)]
