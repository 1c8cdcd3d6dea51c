"""Names of places that people use and no table of areas knows: estates, crossings, employers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _


class AreaName(models.Model):
    """One name and the area in which it lies. The same name may lie in several: then she is asked which one."""

    class Kind(models.TextChoices):
        ESTATE = "estate", _("estate")
        CROSSING = "crossing", _("crossing or street")
        EMPLOYER = "employer", _("employer")
        OTHER = "other", _("something else")
        VAGUE = "vague", _("means other things too")

    id = models.UUIDField(primary_key=True)
    district = models.CharField(max_length=6)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=Kind)
    area = models.ForeignKey("network.Area", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "name", "area"], name="network_name_once_an_area"),
            models.CheckConstraint(condition=Q(district=Left("area_id", 6)), name="network_name_in_its_district"),
            models.CheckConstraint(condition=Q(kind__in=["estate", "crossing", "employer", "other", "vague"]),
                                   name="network_name_kind"),
        ]

    def __str__(self) -> str:
        return self.name
