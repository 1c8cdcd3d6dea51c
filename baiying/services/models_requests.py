"""A request is a case about a service. The case holds everything that was told, sealed; here stands what it is about,
which papers were looked at, and who stands in line where places are few."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from baiying.kit.number import ref_of
from baiying.services.words import Looked


class Request(models.Model):
    """What one case asks for: a service under the version of its declaration that held when it was sent.

    ``by_person``: the rule did not say yes, and she wants a person to decide.
    """

    case = models.UUIDField(primary_key=True)
    district = models.CharField(max_length=6)
    person = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    service = models.CharField(max_length=80)
    version = models.CharField(max_length=64)
    by_person = models.BooleanField(default=False)
    round = models.ForeignKey("Round", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()


class Look(models.Model):
    """Somebody looked at one paper of a request. Why it was sent back lies sealed in the case (`look:<id>`).

    ``paper``: the key of the service's question; ``file``: the file that was looked at. Rows only grow.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.UUIDField()
    district = models.CharField(max_length=6)
    paper = models.CharField(max_length=40)
    file = models.UUIDField()
    found = models.CharField(max_length=10, choices=Looked)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "at"], name="services_look_case")]


class Round(models.Model):
    """Limited places of one service, put out once. Everybody may read it.

    ``sealed_seed``: the hash of the seed, told when the round opens; ``seed`` and ``result``: told with the draw, so
    that anybody can draw again: of each lot its number, preference, turn, how often it lost before, and whether it won.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    district = models.CharField(max_length=6)
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    service = models.CharField(max_length=80)
    name = models.CharField(max_length=60)
    places = models.PositiveIntegerField()
    opens = models.DateField()
    closes = models.DateField()
    sealed_seed = models.CharField(max_length=64)
    seed = models.CharField(max_length=64, blank=True)
    result: models.JSONField[list[list[object]], list[list[object]]] = models.JSONField(default=list)
    by = models.UUIDField()
    at = models.DateTimeField()
    drawn_by = models.UUIDField(null=True)
    drawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(places__gte=1), name="services_round_places"),
            models.CheckConstraint(condition=Q(opens__lte=models.F("closes")), name="services_round_days"),
            models.CheckConstraint(
                condition=Q(drawn_at=None, seed="") | (Q(drawn_at__isnull=False) & ~Q(seed="")),
                name="services_round_seed_is_told_with_the_draw",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["district", "service"], name="services_round_service")]

    @property
    def ref(self) -> str:
        """How a page names this round."""
        return ref_of(self.id)


class Lot(models.Model):
    """One request in the line of a round. ``number``: what the published list calls it; nothing else tells whose it is.

    ``lost``: how often she had lost before; ``place``: her place in the list, once it is drawn; ``won``: she has one.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.UUIDField(unique=True)
    district = models.CharField(max_length=6)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    number = models.CharField(max_length=10)
    # The first preference of the rule that holds for her, counted from nought; none where no one does.
    prefer = models.PositiveSmallIntegerField(null=True)
    came_at = models.DateTimeField()
    lost = models.PositiveSmallIntegerField(default=0)
    place = models.PositiveIntegerField(null=True)
    won = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "number"], name="services_lot_number"),
            models.UniqueConstraint(fields=["round", "person"], name="services_lot_one_a_person"),
        ]
