"""The tables of incidents in labour relations: a frame around many cases, on the workers' side.

There is no table and no field here for who leads, who urges or who knows whom. Which cases stand in a frame is kept as
keyed marks: whoever opens a case can tell whether it is in, nobody can tell from the frame which cases are. It counts.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Incident(models.Model):
    """One incident under one version of one plan (catalogue/incidents), reported by a unit.

    ``facts`` are the answers of the first report: numbers, yes and no, the employer, what is demanded; no names. They
    go, with everything said since, on the day that the plan says; ``counts`` is what is left then.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    district = models.CharField(max_length=6)
    # How an address names it: an internal key never leaves the server.
    ref = models.CharField(max_length=12)
    declaration = models.ForeignKey("catalogue.Declaration", on_delete=models.PROTECT, related_name="+",
                                    db_index=False, db_constraint=False)
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    facts = models.JSONField(default=dict)
    # Set by a person; the plan only suggests it.
    level = models.CharField(max_length=10, blank=True)
    known_at = models.DateTimeField()
    reported_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    # The day on which what was learned of people is destroyed: reckoned when the review is published, and before, when
    # the incident ends, for the case that nobody publishes one.
    destroy_on = models.DateField(null=True)
    destroyed_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["unit", "reported_at"], name="incident_of_unit"),
                   models.Index(fields=["destroy_on"], condition=models.Q(destroyed_at=None), name="incident_destroy")]
        constraints = [
            models.UniqueConstraint(fields=["ref"], name="incident_ref"),
            models.CheckConstraint(condition=models.Q(destroyed_at=None) | models.Q(facts={}),
                                   name="destroyed_keeps_no_facts"),
        ]


class IncidentLine(models.Model):
    """One thing that happened in an incident: a report, a level, talks, an update, a line of the checklist.

    ``words`` say numbers and steps; they are blanked with the rest on the day of destruction.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    # An event of the plan (engine.incidents.EVENTS), or empty for a line of the checklist.
    event = models.CharField(max_length=20, blank=True)
    check_key = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=10, blank=True)
    words = models.TextField(blank=True)
    by_unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        indexes = [models.Index(fields=["incident", "at"], name="incident_lines")]


class IncidentDuty(models.Model):
    """Who of the staff is on duty for an incident, from when until when; gone on the day of destruction."""

    id = models.UUIDField(primary_key=True, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["incident", "since"], name="incident_duties")]
        constraints = [models.CheckConstraint(condition=models.Q(until__gt=models.F("since")),
                                              name="a_duty_ends_after_it_begins")]


class IncidentMark(models.Model):
    """That one case stands in an incident, as a mark keyed by both (its own key): it names neither case nor person,
    and only whoever has the case open can tell that it is its mark. Deleted on the day of destruction."""

    id = models.UUIDField(primary_key=True, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        indexes = [models.Index(fields=["incident"], name="incident_marks")]
