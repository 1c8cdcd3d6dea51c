"""The network of one or more districts: areas, units, dated ties between them, places and posts.

Every dated row holds from ``since`` (first day) up to, not including, ``until``; an empty ``until`` means open.
What the tables promise is written as constraints, so that bulk writes and plain SQL keep it too.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from baiying.network.models_names import AreaName as AreaName


class Organisation(models.TextChoices):
    """Whose unit it is."""

    UNION = "union", _("trade union")
    WOMEN = "women", _("women's federation")
    PARTNER = "partner", _("partner")


class Level(models.TextChoices):
    """Where a unit stands. Units of the first three levels serve a territory, the others their own members."""

    DISTRICT = "district", _("district")
    STREET = "street", _("sub-district")
    COMMUNITY = "community", _("community")
    INDUSTRY = "industry", _("industry federation")
    GRASSROOTS = "grassroots", _("grassroots unit")


#: Levels whose units serve everybody in their area.
TERRITORIAL_LEVELS = (Level.DISTRICT, Level.STREET, Level.COMMUNITY)


class UnitRole(models.TextChoices):
    """What a unit is at once (会站家合一: one unit, several roles); report section 3.2."""

    UNION = "union", pgettext_lazy("unit role", "union")
    FEDERATION = "federation", pgettext_lazy("unit role", "women's federation")
    STATION = "station", pgettext_lazy("unit role", "union service station")
    HOME = "home", pgettext_lazy("unit role", "workers' home")
    WOMENS_HOME = "womens_home", pgettext_lazy("unit role", "Women's Home")
    MICRO_HOME = "micro_home", pgettext_lazy("unit role", "micro home")
    REST_STOP = "rest_stop", pgettext_lazy("unit role", "rest stop")
    COURT = "court", pgettext_lazy("unit role", "court")
    JUSTICE = "justice", pgettext_lazy("unit role", "justice bureau")
    POLICE = "police", pgettext_lazy("unit role", "police")
    HOSPITAL = "hospital", pgettext_lazy("unit role", "hospital")
    LAW_FIRM = "law_firm", pgettext_lazy("unit role", "law firm")
    SOCIAL_WORK = "social_work", pgettext_lazy("unit role", "social work organisation")
    ARBITRATION = "arbitration", pgettext_lazy("unit role", "labour arbitration commission")
    LABOUR = "labour", pgettext_lazy("unit role", "human resources and social security")
    CIVIL_AFFAIRS = "civil_affairs", pgettext_lazy("unit role", "civil affairs")
    PROCURATORATE = "procuratorate", pgettext_lazy("unit role", "procuratorate")
    MEDIATION = "mediation", pgettext_lazy("unit role", "mediation committee")
    COUNSELLING = "counselling", pgettext_lazy("unit role", "psychological counselling")
    SHELTER = "shelter", pgettext_lazy("unit role", "shelter")


class Ownership(models.TextChoices):
    """Who owns the employer of a grassroots unit; an industry federation reaches across all of them."""

    STATE = "state", _("state-owned")
    COLLECTIVE = "collective", _("collective")
    PRIVATE = "private", _("private")
    FOREIGN = "foreign", _("foreign-invested")
    SELF_EMPLOYED = "self_employed", _("self-employed")
    PLATFORM = "platform", _("platform work")


class TieKind(models.TextChoices):
    """What an edge of the network means."""

    TERRITORIAL = "territorial", _("territorial")
    SECTOR = "sector", _("sector")
    HOST = "host", _("host")
    PARTNER = "partner", _("partner")


def _days() -> Func:
    """The half-open range of days of a dated row."""
    return Func(F("since"), F("until"), Value("[)"), function="daterange", output_field=DateRangeField())


def _dated(name: str) -> models.CheckConstraint:
    """A dated row lasts at least one day."""
    return models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gt=F("since")), name=name)


def _district(name: str) -> models.CheckConstraint:
    """A district is written as its six-digit code (GB/T 2260)."""
    return models.CheckConstraint(condition=Q(district__regex=r"^[1-9][0-9]{5}$"), name=name)


class Edition(models.Model):
    """One row: which edition of the network is in force. Written by triggers only, whoever changes what.

    ``version`` comes from a sequence, so that a number is never used twice, not even after a rollback.
    ``xact`` is the writing transaction: a reader inside it must not hand its picture to others.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    version = models.BigIntegerField()
    xact = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="network_edition_is_one_row")]


class Area(models.Model):
    """A district (3), street or township (4) or community (5) by its 12-digit statistical code."""

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=80)
    level = models.PositiveSmallIntegerField()
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    district = models.CharField(max_length=6, db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^[1-9][0-9]{11}$"), name="network_area_code"),
            models.CheckConstraint(
                condition=(Q(level=3) & Q(code__endswith="000000") & Q(parent__isnull=True))
                | (Q(level=4) & Q(code__endswith="000") & Q(parent__isnull=False))
                | (Q(level=5) & Q(parent__isnull=False)),
                name="network_area_level",
            ),
            models.CheckConstraint(condition=Q(district=Left("code", 6)), name="network_area_district"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | Q(district=Left("parent_id", 6)), name="network_area_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """An organisation's unit in exactly one district."""

    id = models.UUIDField(primary_key=True)
    district = models.CharField(max_length=6)
    organisation = models.CharField(max_length=8, choices=Organisation)
    level = models.CharField(max_length=10, choices=Level)
    roles = ArrayField(models.CharField(max_length=16, choices=UnitRole))
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160, blank=True, default="")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    ownership = models.CharField(max_length=14, choices=Ownership, blank=True, default="")
    telephone = models.CharField(max_length=40, blank=True, default="")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    # Who takes over what it had open on the day it closes; a closed unit always has one, except the last of a district.
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["district", "organisation", "level"], name="network_unit_place")]
        constraints = [
            _district("network_unit_district"),
            models.CheckConstraint(condition=Q(district=Left("area_id", 6)), name="network_unit_in_its_district"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gt=F("opened_on")), name="network_unit_dates"
            ),
            models.CheckConstraint(condition=Q(organisation__in=Organisation.values), name="network_unit_organisation"),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="network_unit_level"),
            models.CheckConstraint(
                condition=Q(roles__len__gt=0) & Q(roles__contained_by=UnitRole.values), name="network_unit_roles"
            ),
            models.CheckConstraint(condition=Q(ownership__in=["", *Ownership.values]), name="network_unit_ownership"),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | (Q(closed_on__isnull=False) & ~Q(successor=F("id"))),
                name="network_unit_successor",
            ),
            # the pair that ties and posts point at: they can never leave the unit's district
            models.UniqueConstraint(fields=["id", "district"], name="network_unit_id_district"),
            models.UniqueConstraint(
                fields=["district", "organisation", "name"],
                condition=Q(closed_on__isnull=True),
                name="network_unit_name_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_open(self, on: date) -> bool:
        """Whether the unit exists on that day."""
        return self.opened_on <= on and (self.closed_on is None or on < self.closed_on)


class Tie(models.Model):
    """A dated edge from a lower unit to an upper one. One territorial upper at a time; sector ties may be many."""

    id = models.UUIDField(primary_key=True)
    district = models.CharField(max_length=6)
    kind = models.CharField(max_length=12, choices=TieKind)
    lower = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="ties_up")
    upper = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="ties_down")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            _district("network_tie_district"),
            _dated("network_tie_dates"),
            models.CheckConstraint(condition=Q(kind__in=TieKind.values), name="network_tie_kind"),
            models.CheckConstraint(condition=~Q(lower=F("upper")), name="network_tie_to_another"),
            ExclusionConstraint(
                name="network_tie_once_at_a_time",
                expressions=[
                    ("kind", RangeOperators.EQUAL),
                    ("lower", RangeOperators.EQUAL),
                    ("upper", RangeOperators.EQUAL),
                    (_days(), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="network_tie_one_territorial_upper",
                expressions=[("lower", RangeOperators.EQUAL), (_days(), RangeOperators.OVERLAPS)],
                condition=Q(kind="territorial"),
            ),
        ]


class Place(models.Model):
    """Where one can walk in; several units may share it. It has one speciality (一站一家一特色).

    ``hours`` is a list of ``{"days": [1..7], "opens": "09:00", "closes": "17:30"}``, Monday is 1.
    """

    id = models.UUIDField(primary_key=True)
    district = models.CharField(max_length=6)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160, blank=True, default="")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=200, blank=True, default="")
    hours = models.JSONField(default=list)
    telephone = models.CharField(max_length=40, blank=True, default="")
    speciality = models.CharField(max_length=80, blank=True, default="")
    speciality_en = models.CharField(max_length=120, blank=True, default="")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    units = models.ManyToManyField(Unit, related_name="places")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(district=Left("area_id", 6)), name="network_place_in_its_district"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gt=F("opened_on")), name="network_place_dates"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A person's office in a unit. Power comes from posts alone.

    A post is living on a day when it is in force and an active person holds it who is not absent, or an active
    substitute stands in (``Absence``). ``receives`` says that who holds it takes in new cases for the unit; an auditor
    or an administrator does not. ``told``: the end of it has been told as news.
    """

    id = models.UUIDField(primary_key=True)
    district = models.CharField(max_length=6)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=32)
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="posts")
    receives = models.BooleanField(default=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    told = models.BooleanField(default=False)
    #: Set by the reader: these powers come to her because she stands in for the holder.
    as_substitute = False

    class Meta:
        constraints = [
            _district("network_post_district"),
            _dated("network_post_dates"),
            models.CheckConstraint(condition=Q(role__regex=r"^[a-z][a-z_]*$"), name="network_post_role"),
            ExclusionConstraint(
                name="network_post_once_at_a_time",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("holder", RangeOperators.EQUAL),
                    (_days(), RangeOperators.OVERLAPS),
                ],
                condition=Q(holder__isnull=False),
            ),
        ]

    def in_force(self, on: date) -> bool:
        """Whether the office exists on that day, held or vacant."""
        return self.since <= on and (self.until is None or on < self.until)


class Absence(models.Model):
    """A post whose holder is away, or that is held vacant: who stands in on these days, or nobody. Why is not stored.

    On these days the substitute has the powers of the post. Ending an absence early sets ``until``.
    """

    id = models.UUIDField(primary_key=True)
    district = models.CharField(max_length=6)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="absences")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    substitute = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            _district("network_absence_district"),
            _dated("network_absence_dates"),
            ExclusionConstraint(
                name="network_absence_once_at_a_time",
                expressions=[("post", RangeOperators.EQUAL), (_days(), RangeOperators.OVERLAPS)],
            ),
        ]


class Standing(models.Model):
    """What was last told about a unit: whether it lived, and whether its work was passed on when it closed."""

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, primary_key=True, related_name="+")
    district = models.CharField(max_length=6)
    living = models.BooleanField()
    passed = models.BooleanField(default=False)


class Proposal(models.Model):
    """A change that two persons make together: one proposes, another one confirms, and neither is the one concerned.

    ``what`` is the change, ``facts`` its ids and days (and the names of units to be opened). ``over`` holds the units
    whose administrators see and may confirm it: the unit and those above it on the day it was proposed.
    """

    class What(models.TextChoices):
        APPOINT = "appoint", _("give a post")
        END_POST = "end_post", _("end a post")
        SUBSTITUTE = "substitute", _("name a substitute")
        CLOSE = "close", _("close a unit")
        SPLIT = "split", _("split a unit")
        MERGE = "merge", _("merge units")
        RESET = "reset", _("reset a second factor")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("proposal", "waits for a second person")
        CONFIRMED = "confirmed", pgettext_lazy("proposal", "confirmed")
        DECLINED = "declined", pgettext_lazy("proposal", "declined")

    id = models.UUIDField(primary_key=True)
    district = models.CharField(max_length=6)
    what = models.CharField(max_length=12, choices=What)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    facts = models.JSONField(default=dict)
    over = ArrayField(models.UUIDField())
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["district", "at"], condition=Q(state="open"), name="network_proposal_open")]
        constraints = [
            _district("network_proposal_district"),
            models.CheckConstraint(
                condition=Q(what__in=["appoint", "end_post", "substitute", "close", "split", "merge", "reset"]),
                name="network_proposal_what",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_by__isnull=True, decided_at__isnull=True)
                | Q(state="declined", decided_by__isnull=False, decided_at__isnull=False)
                | (Q(state="confirmed", decided_by__isnull=False, decided_at__isnull=False)
                   & ~Q(decided_by=F("by")) & (Q(person__isnull=True) | ~Q(decided_by=F("person")))),
                name="network_proposal_two_persons",
            ),
        ]
