"""What the page of promises says: design.md section 1 in plain words, how each is kept, how anybody can check it.

What is promised here must be true of this version; what is not built yet stands among the limits, not here.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Promise:
    """One promise: what it says, how it is kept, how to check."""

    says: str | Lazy
    kept: str | Lazy
    check: str | Lazy


PROMISES = (
    Promise(_("Nothing said is lost."),
            _("You see a number only after your words are stored. The same thing sent twice is one case."),
            _("Look your number up at once, on another telephone too: your words stand there.")),
    Promise(_("Only you close it."),
            _("An answer waits for your word: solved, partly, not solved. If you say nothing, that is shown as “no "
              "word” and never counted as satisfied."),
            _("In the figures silence has a column of its own; add up the columns.")),
    Promise(_("Every deadline explains itself."),
            _("Each can be opened day by day: which day counted, which did not, which law or rule says so. Your own "
              "legal dates stand first and nothing we do stops them."),
            _("Open “Why then? Day by day” in your case and compare it with a calendar and the law named there.")),
    Promise(_("No being sent from door to door."),
            _("The unit that receives first, leads. It can be handed back twice at most, each time with a ground; then "
              "the level above decides for good."),
            _("Your case shows every hand it went through, with day and ground.")),
    Promise(_("No step without a reason."),
            _("Whoever refuses, hands on or asks for more time must name the ground, and you read it."),
            _("Look at the course of your case; to complain about a ground, use the button below it.")),
    Promise(_("What somebody may not see leaves no trace for them."),
            _("Not in a list, a count or a search. Whether something is hidden or does not exist: the page is the "
              "same."),
            _("Type an invented case number as staff or as anybody: it is the very same page.")),
    Promise(_("Whoever opens your protected words is written down, and you see it."),
            _("Unit, office and time of each opening stand in your case. The other side never learns of it."),
            _("“Who opened what you told us” in your case.")),
    Promise(_("No person is scored."),
            _("There is no field for attitude, belief or loyalty, and no file on a household. The work of units is "
              "measured, people are not."),
            _("Read the forms and the figures: nothing of the kind is asked or shown.")),
)

LIMITS = (
    _("This is not an emergency line. Nobody reads here at every hour."),
    _("We cannot decide for courts, arbitration or authorities. We tell you the way there and watch the dates."),
    _("A number of grade “common practice” or “draft” is told with that mark. It is not law."),
    _("Some things the law makes us tell others, such as a child in danger. Before you write, the page of the matter "
      "says which."),
    _("What your browser remembers of pages you visited is beyond us; on a shared telephone use the quick exit and "
      "clear the history."),
    _("Secret ratings, votes and calls for volunteers are not offered yet. As long as a rating could be traced, we ask "
      "for none."),
    _("Whoever has the machine, the data and the keys can read what you told. The keys lie apart, and their copies "
      "too; more than that we cannot do against the operator."),
)
