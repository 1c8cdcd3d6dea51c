"""The tables of cases.

What is protected lies in `Sealed` alone: in no index, readable one case at a time, and only
with that case's key. `Case.words` holds words only of cases that are not guarded.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from baiying.cases.models_concerns import Concern, ConcernAnswer, ConcernCase, Found, Unread
from baiying.cases.models_files import File
from baiying.cases.models_glass import BreakGlass
from baiying.cases.models_incidents import Incident, IncidentDuty, IncidentLine, IncidentMark
from baiying.cases.models_letters import LetterCount, LetterDraft, SentLetter
from baiying.cases.models_referrals import OutsideLink, Referral, Sheet, SheetEntry
from baiying.cases.models_rights import Demand
from baiying.kit.number import ref_of

__all__ = ["AnswerTemplate", "BreakGlass", "Case", "Clock", "Concern", "ConcernAnswer", "ConcernCase", "Demand",
           "Extension",
           "LetterCount", "LetterDraft", "SentLetter",
           "File", "Found", "Heard", "Incident", "IncidentDuty", "IncidentLine", "IncidentMark",
           "Move", "OutsideLink", "Pause", "Recusal", "Referral", "Sealed", "Sheet",
           "SheetEntry", "Task", "TopicBy", "Unread"]


class TopicBy(models.TextChoices):
    """Who says what kind of need it is; empty when nobody does."""

    TEXT = "text"    # the words themselves, by the model
    ASKER = "asker"  # she chose it
    UNIT = "unit"    # the unit that leads corrected it


class Case(models.Model):
    """One need, opened under one version of one matter, on a day."""

    id = models.UUIDField(primary_key=True, editable=False)
    district = models.CharField(max_length=6)
    number = models.CharField(max_length=10)
    # Keyed hash of number and 查询码 together: neither alone opens anything (kit.number.entry).
    entry = models.BinaryField(max_length=32)
    # The wrapped key of everything sealed in this case; forgetting it erases the case's words.
    key = models.BinaryField(null=True)
    # No constraint of the database here: it would lock the one row of a matter's declaration for every submission of
    # a city at once. Declarations only grow: a trigger refuses to change or delete one.
    declaration = models.ForeignKey("catalogue.Declaration", on_delete=models.PROTECT, related_name="+",
                                    db_index=False, db_constraint=False)
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    area = models.CharField(max_length=12, blank=True)
    channel = models.CharField(max_length=16)
    stage = models.CharField(max_length=40)
    # Who has said yes so far to moves that need several: {move: [party, …]}; empty again after each move.
    agreed = models.JSONField(default=dict)
    # Guarded: a matter of class P3, or words of danger. Everything told is then sealed.
    guarded = models.BooleanField()
    danger = models.BooleanField(default=False)
    # Who may open it while it is guarded: people of the leading unit by name. Nobody yet: it waits to be taken.
    named = ArrayField(models.UUIDField(), null=True)
    words = models.TextField(blank=True)
    phone_index = models.BinaryField(max_length=32, null=True)
    received_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    ended = models.BooleanField(default=False)
    # The open clock of ours that runs out first; the day's list is sorted by it.
    next_due_at = models.DateTimeField(null=True)
    next_clock = models.CharField(max_length=40, blank=True)
    # Grows with every change: a form made before the last change is stale.
    version = models.PositiveIntegerField(default=1)
    times_reopened = models.PositiveSmallIntegerField(default=0)
    verdict = models.CharField(max_length=12, blank=True)
    contacted = models.BooleanField(null=True)
    # She was signed in when she asked; a case of a matter of safety is tied to nobody's account.
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+",
                              db_index=False, db_constraint=False)
    # The unit that wrote it down for her: a call, a paper, a visit. It never records her verdict.
    entered_by = models.ForeignKey("network.Unit", on_delete=models.PROTECT, null=True, related_name="+",
                                   db_index=False, db_constraint=False)
    # The named result of the matter's bands (a track), the first whose conditions hold.
    band = models.CharField(max_length=40, blank=True)
    # How often a unit said "not ours"; after the ruling nobody may any more.
    returns = models.PositiveSmallIntegerField(default=0)
    ruled = models.BooleanField(default=False)
    # A unit above must name who leads: after a return, a recusal, or when nobody living holds the unit's posts.
    unassigned = models.BooleanField(default=False)
    # The last day of the pause that runs now.
    paused_until = models.DateField(null=True)
    # When the answer came that waits for her word; how many reminders went out; whether the shelf 未评 was reached.
    answered_at = models.DateTimeField(null=True)
    reminded = models.PositiveSmallIntegerField(default=0)
    unrated = models.BooleanField(default=False)
    # Her word is taken until this day; then everything told is erased.
    kept_until = models.DateField(null=True)
    # She contested the end that the level above set; that is possible once.
    contested = models.BooleanField(default=False)
    # What kind of need it is (catalogue/topics.toml) and who says so. A guarded case keeps none of it.
    topic = models.CharField(max_length=40, blank=True)
    topic_by = models.CharField(max_length=8, blank=True, choices=TopicBy)
    # How sure the text was of its topic, 0 to 1; nothing when a person named the topic.
    confidence = models.FloatField(null=True)
    # Whose business her words clearly were, when not ours: a key of topics.toml.
    elsewhere = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], name="case_number"),
            models.CheckConstraint(
                condition=models.Q(guarded=False) | models.Q(topic="", topic_by="", confidence=None, elsewhere=""),
                name="guarded_has_no_topic"),
            models.CheckConstraint(condition=models.Q(topic_by__in=["", "text", "asker", "unit"]),
                                   name="topic_is_said_by_one_of_three"),
            models.CheckConstraint(condition=models.Q(guarded=False) | models.Q(words=""),
                                   name="guarded_words_are_sealed"),
            models.CheckConstraint(condition=models.Q(verdict__in=["", "solved", "partly", "not_solved"]),
                                   name="verdict_is_one_of_three"),
        ]
        indexes = [
            # The day's list is read in this order and stops after a hundred rows, however many a unit has.
            models.Index(fields=["unit", "next_due_at", "received_at"], condition=models.Q(ended=False),
                         name="case_todays_list"),
            # Which protected cases nobody holds is asked anew for each list: it reads a unit's open ones and no others.
            models.Index(fields=["unit"], condition=models.Q(guarded=True, ended=False), name="case_protected"),
            models.Index(fields=["unit", "received_at"], name="case_unheard",
                         condition=models.Q(ended=False, verdict="not_solved", next_due_at=None)),
            models.Index(fields=["unit", "changed_at"], condition=models.Q(ended=True, guarded=False),
                         name="case_earlier"),
            models.Index(fields=["entry"], name="case_entry"),
            models.Index(fields=["asker"], condition=models.Q(asker__isnull=False), name="case_of_asker"),
            models.Index(fields=["answered_at"], condition=models.Q(answered_at__isnull=False, unrated=False),
                         name="case_waits_for_her"),
            models.Index(fields=["unit", "answered_at"], condition=models.Q(answered_at__isnull=False),
                         name="case_to_call_back"),
            models.Index(fields=["kept_until"], condition=models.Q(kept_until__isnull=False, key__isnull=False),
                         name="case_kept_until"),
        ]

    @property
    def wrapped(self) -> bytes | None:
        """The wrapped key, or nothing when the case's words were erased."""
        return bytes(self.key) if self.key is not None else None


class Sealed(models.Model):
    """One protected text of a case, encrypted under the case's key. Never searched."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    field = models.CharField(max_length=60)
    blob = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "field"], name="one_text_a_field")]


class Move(models.Model):
    """One step of the story: who moved it, from where to where, with which words and reason."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # The case's version when it was made: the order of two lines of one instant.
    turn = models.PositiveIntegerField(default=0)
    # Nobody when the person who asked moved it.
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=40)
    before = models.CharField(max_length=40)
    after = models.CharField(max_length=40)
    marks = ArrayField(models.CharField(max_length=40), default=list)
    reason = models.CharField(max_length=200, blank=True)
    # Empty in a guarded case; then the words lie sealed in the field `move:<id>`.
    words = models.TextField(blank=True)
    # The letter that went out with it; its text lies sealed in the field `letter:<id>`.
    letter = models.CharField(max_length=40, blank=True)
    # The party whose hand moved it, when it was not the leading unit's or hers.
    party = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="move_story")]


class Clock(models.Model):
    """A clock that runs or ran in a case. Rule and start are kept, so that it can always be explained again."""

    #: The name of a clock of a matter that the case turned out not to be: never shown, never counted.
    VOID = ""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=40)
    # asker: hers by law, on top; other: an outside body's; ours: the unit's promise.
    owner = models.CharField(max_length=8)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    provisional = models.BooleanField(default=False)
    calendar = models.CharField(max_length=64)
    met_at = models.DateTimeField(null=True)
    told_late = models.BooleanField(default=False)
    # The next rung of the ladder before it ends: when, and which one (engine.flow.rungs).
    rung = models.PositiveSmallIntegerField(default=0)
    next_rung_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["case"], name="clock_case"),
            models.Index(fields=["next_rung_at"], condition=models.Q(met_at=None, next_rung_at__isnull=False),
                         name="clock_next_rung"),
            models.Index(fields=["due_at"], condition=models.Q(met_at=None, told_late=False), name="clock_running"),
            models.Index(fields=["id"], condition=models.Q(provisional=True), name="clock_provisional"),
        ]


class Task(models.Model):
    """What one unit has to do in a case that another one leads: its own task, its own clock, its own view.

    A unit sees its tasks; a task opens the case, as far as its kind and the matter's party say. The leading unit
    itself needs no task: the case stands on its list.
    """

    class Kind(models.TextChoices):
        WORK = "work"              # a party brought in: co-handler or partner
        ASSIGN = "assign"          # name who leads: after a return, a recusal, or with nobody living
        RULE = "rule"              # after two returns: name who leads, for good
        EXTEND = "extend"          # grant a clock more time, or not
        SET_ASIDE = "set_aside"    # end the case for a ground that is not her verdict, or not
        CLIMB = "climb"            # a clock below is about to run out, or has
        COMPLAINT = "complaint"    # she complains about the unit below
        CALL_BACK = "call_back"    # ask her for her verdict, by telephone or on paper

    class State(models.TextChoices):
        PROPOSED = "proposed"      # waits for her consent; the unit does not see it yet
        OPEN = "open"
        DONE = "done"
        REFUSED = "refused"        # by her (consent), or by the unit in writing with a ground
        DROPPED = "dropped"        # no longer needed

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    # Copied from the case, which its own row opens only one at a time: what a list shows.
    number = models.CharField(max_length=10)
    declaration = models.ForeignKey("catalogue.Declaration", on_delete=models.PROTECT, related_name="+",
                                    db_index=False, db_constraint=False)
    district = models.CharField(max_length=6)
    kind = models.CharField(max_length=12, choices=Kind)
    # The party of the matter that this unit plays; empty for the tasks of the level above.
    party = models.CharField(max_length=40, blank=True)
    # Nobody of the network where the party works by a link from outside (models_referrals.OutsideLink).
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    asked_unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    # The clock or ground that it is about; never her words (those lie sealed in `task:<id>` and `done:<id>`).
    about = models.CharField(max_length=200, blank=True)
    guarded = models.BooleanField()
    # As with a case: who of the unit may open it while it is guarded.
    named = ArrayField(models.UUIDField(), null=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "due_at"], condition=models.Q(state="open"), name="task_todays_list"),
            models.Index(fields=["case"], name="task_case"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["proposed", "open"]) | models.Q(ended_at__isnull=False),
                name="an_ended_task_says_when"),
            models.CheckConstraint(condition=models.Q(unit__isnull=False) | models.Q(kind="work"),
                                   name="only_a_party_works_from_outside"),
        ]

    @property
    def ref(self) -> str:
        """How a form names this task: an internal key never leaves the server."""
        return ref_of(self.id)


class Pause(models.Model):
    """Our clocks stand still until a day that she sees. Hers never do."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    ground = models.CharField(max_length=20)
    since = models.DateTimeField()
    until = models.DateField()
    ended_at = models.DateTimeField(null=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["case"], name="pause_case"),
                   models.Index(fields=["until"], condition=models.Q(ended_at=None), name="pause_running")]
        constraints = [models.UniqueConstraint(fields=["case"], condition=models.Q(ended_at=None),
                                               name="one_pause_at_a_time")]


class Extension(models.Model):
    """More time for one clock of ours: asked for with a ground, granted or not by the level above."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    clock = models.CharField(max_length=40)
    length = models.CharField(max_length=40)
    reason = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    granted = models.BooleanField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["case"], name="extension_case")]
        constraints = [models.CheckConstraint(
            condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("asked_by")),
            name="nobody_grants_her_own_extension")]


class Recusal(models.Model):
    """A person who must keep out of one case: it leaves her lists and does not open for her."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="recused_once")]


class Heard(models.Model):
    """What visits heard without consent for a case: one count by topic, community and week, and no text."""

    id = models.UUIDField(primary_key=True, editable=False)
    district = models.CharField(max_length=6)
    area = models.CharField(max_length=12)
    topic = models.CharField(max_length=60)
    week = models.DateField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "topic", "week"], name="heard_once_a_week")]


class AnswerTemplate(models.Model):
    """A text that a unit uses again and again. Holds no person's words."""

    id = models.UUIDField(primary_key=True, editable=False)
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=60)
    text = models.TextField()
    retired_on = models.DateField(null=True)
