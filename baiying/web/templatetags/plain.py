"""Conditions as people read them."""

from __future__ import annotations

from django import template

from baiying.catalogue.promised import promised
from baiying.engine.rules import Requirement
from baiying.engine.services import Service
from baiying.web.plainly import met as said

register = template.Library()


@register.filter
def met(requirement: Requirement, service: Service) -> str:
    """What holds of somebody who meets a requirement of a service."""
    return said(promised(), requirement.when, service)
