"""One request as it stands: what was sent, how its papers were found, what the rule says to it, clause by clause.

Everything here works inside an open door with the request's case looked at. What was known of her when she sent it came
along with it, sealed: no unit reads her profile for it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from baiying.cases import access as case_access
from baiying.cases.dossier import Dossier
from baiying.cases.models import Case, File
from baiying.catalogue.promised import promised
from baiying.catalogue.versions import rule_under, service_under
from baiying.engine.rules import Answer, Band, Judgement, Rule, Sum, judge
from baiying.engine.services import UNSURE, Paper, Service
from baiying.kit import moment, sealing
from baiying.ledger import queries as ledger
from baiying.ledger.marks import Whom
from baiying.services import asking
from baiying.services.models_requests import Look, Lot, Request, Round
from baiying.services.queries import knowing
from baiying.services.queries.rulebook import conditions_read, facts_read
from baiying.services.words import Looked

MISSING, WAITING = "missing", "waiting"
#: What a limit can count by that a request says itself: the first question whose key begins so names which one.
NAMED = {"certificate": "cert", "event": "event", "project": "project"}


@dataclass(frozen=True)
class PaperLine:
    """One paper of a request. ``state``: missing, waiting (to be looked at), accepted or sent_back with the reason."""

    paper: Paper
    files: tuple[File, ...]
    state: str
    reason: str = ""

    @property
    def settled(self) -> bool:
        """Whether nobody has to wait for it: a person accepted it, or it is not needed and did not come."""
        return self.state == Looked.ACCEPTED or (self.state == MISSING and not self.paper.need)


@dataclass(frozen=True)
class Reckoned:
    """What somebody put down when it was proposed: fen, what the rule had come to, the class, and why they differ."""

    fen: int = 0
    computed: int | None = None
    band: str = ""
    why: str = ""


class Standing:
    """A request, read once for a page or a move. The case must be looked at."""

    def __init__(self, case: Case, row: Request) -> None:
        self.case, self.row = case, row
        self.held = Dossier(case)

    @cached_property
    def service(self) -> Service:
        return service_under(self.row.version)

    @cached_property
    def rule(self) -> Rule:
        return rule_under(self.row.version) or Rule(self.row.service)

    @cached_property
    def sent(self) -> asking.Sent:
        return asking.unpacked(self.held.opened(asking.FIELD))

    @cached_property
    def unit_said(self) -> dict[str, dict[str, Any]]:
        """What the unit read in her papers: values of facts (`facts`), and answers to its own questions (`answers`)."""
        told = json.loads(self.held.opened(asking.UNIT_FIELD) or "{}")
        return {"facts": told.get("facts", {}), "answers": told.get("answers", {})}

    @cached_property
    def papers(self) -> tuple[PaperLine, ...]:
        found = tuple(case_access.files(self.case))
        looks = {one.paper: one for one in looks_of(self.case)}
        return tuple(self._paper(one, found, looks.get(one.key)) for one in asking.papers_of(self.service))

    def _paper(self, paper: Paper, files: tuple[File, ...], look: Look | None) -> PaperLine:
        own = tuple(one for one in files if one.kind == paper.key and one.blob)
        if not own:
            return PaperLine(paper, (), MISSING)
        if look is None or look.file != own[-1].id:
            return PaperLine(paper, own, WAITING)
        reason = self.held.opened(f"look:{look.id}") if look.found == Looked.SENT_BACK else ""
        return PaperLine(paper, own, look.found, reason)

    @property
    def papers_settled(self) -> bool:
        return all(one.settled for one in self.papers)

    @property
    def proved(self) -> dict[str, Any]:
        """Values of facts that her papers prove: what the unit read in them, and what she told where the paper that
        proves it was accepted. Nothing before a person found any paper usable."""
        accepted = {one.paper.key for one in self.papers if one.state == Looked.ACCEPTED}
        if self.papers and not accepted:
            return {}
        said = self.sent.said
        proofs = [one.fact for one in self.service.papers if proof_of(one) in accepted]
        return {**{name: said[name] for name in proofs if name in said}, **self.unit_said["facts"]}

    @cached_property
    def whom(self) -> Whom:
        papers = tuple(bytes.fromhex(one) for one in self.sent.papers)
        selves = tuple(UUID(one) for one in self.sent.whom)
        return Whom(selves or (() if papers else (self.row.person_id,)), papers)

    @cached_property
    def facts(self) -> Mapping[str, Any]:
        """What the rule is judged by: what came with it, with what the papers showed in its place, and what she has had
        of the service before."""
        words, today = promised().facts, moment.today()
        said = {**self.sent.said, **self.unit_said["facts"]}
        names = [name for name in facts_read(self.rule) | conditions_read(self.rule) if name in words]
        computed = knowing.known_of(words, names, said, today) if said else {}
        answers = {**self.sent.answers, **self.unit_said["answers"]}
        return {
            **asking.thawed(self.sent.facts),
            **{name: value for name, value in computed.items() if value is not None},
            **asking.rule_facts(self.service, answers),
            **ledger.facts_used(self.row.service, self.whom, today, periods=self.periods),
            "round.open": True,
        }

    @property
    def periods(self) -> dict[str, str]:
        """Which round, certificate, event or project this request is about, for limits that count by them. What she
        wrote stands hashed in the ledger: the same event in another request of hers is the same one there."""
        told = {"round": f"round:{self.row.round_id}"} if self.row.round_id else {}
        for per, begins in NAMED.items():
            which = next((str(value) for key, value in self.sent.answers.items() if key.startswith(begins)), "")
            if which:
                told[per] = f"{per}:{sealing.blind_index(per, which).hex()[:32]}"
        return told

    @cached_property
    def judgement(self) -> Judgement:
        """What the rule says today to what is known now."""
        return judge(self.rule, self.facts, promised().lines, moment.today(), self.sent.subject)

    @property
    def sums(self) -> tuple[tuple[Sum, bool], ...]:
        """What it comes to, without her own contributions; whether each may be taken as it is: no mirror page and no
        hearsay says it."""
        return tuple((one, one.fen is not None and self._sure(one)) for one in self.judgement.amounts
                     if not one.amount.hers)  # fmt: skip

    def _sure(self, one: Sum) -> bool:
        return (one.amount.grade or self.service.grade) not in UNSURE

    @property
    def money(self) -> bool:
        """Whether it is about money that she gets."""
        return any(not one.hers and not one.goods for one in self.rule.amounts)

    @property
    def computed(self) -> int | None:
        """Fen that the rule comes to, each sum sure and the answer yes; otherwise a person works it out."""
        if not self.sums or self.judgement.now is not Answer.YES or not all(sure for _, sure in self.sums):
            return None
        return sum(one.fen or 0 for one, _ in self.sums)

    @property
    def limited(self) -> bool:
        """Whether places are few."""
        return self.rule.places is not None

    @property
    def band(self) -> Band | None:
        return self.band_called(self.judgement.band)

    def band_called(self, said: str) -> Band | None:
        """The class of this name or label."""
        return next((one for one in self.rule.bands if said and said in (one.name, one.label)), None)

    @cached_property
    def reckoned(self) -> Reckoned | None:
        """What was proposed last; nothing before."""
        text = self.held.opened(asking.RECKONED_FIELD)
        return Reckoned(**json.loads(text)) if text else None

    @cached_property
    def lot(self) -> Lot | None:
        """Her place in the line of a round."""
        return Lot.objects.select_related("round").filter(case=self.case.id).first()

    def claims(self, on: date) -> tuple[str, tuple[str, ...]]:
        """(period, the periods that only one grant may claim) of a grant on this day."""
        year = str(on.year)
        limit = next((one for one in self.rule.limits if one.times and not one.not_with and one.of in ("", "person")),
                     None)  # fmt: skip
        if limit is not None:
            period = {"year": year, "life": "life", **self.periods}.get(limit.per, f"case:{self.case.id}")
            had = sum(one.period == period for one in ledger.used(self.row.service, self.whom))
            return period, (period if limit.times == 1 else f"{period}#{had + 1}",)
        if self.limited and self.row.round_id:
            return self.periods["round"], (self.periods["round"],)
        yearly = any(one.per == "year" and not one.hers for one in self.rule.amounts) or any(
            promised().facts[name].unit == "year" for name in conditions_read(self.rule)
            if name in promised().facts and not name.startswith("used."))  # fmt: skip
        return (year, (year,)) if yearly else (f"case:{self.case.id}", (f"case:{self.case.id}",))


def proof_of(paper: Paper) -> str:
    """The key of the paper that proves what a question asks: the one it names, or itself."""
    return paper.proof or paper.key


def of_case(case: Case) -> Standing | None:
    """The request of a case; nothing for a case that is none."""
    row = Request.objects.filter(case=case.id).first()
    return None if row is None else Standing(case, row)


def looks_of(case: Case) -> list[Look]:
    """Every look at a paper of this case, the last one last."""
    return list(Look.objects.filter(case=case.id).order_by("at", "id"))


def rounds(service: str = "") -> QuerySet[Round]:
    """The rounds of a service, or of all, the last first. Everybody may know them."""
    found = Round.objects.order_by("-opens", "id").select_related("unit")
    return found.filter(service=service) if service else found


def drawn_list(row: Round) -> list[Lot]:
    """Everybody in the line of a round, in the order of the draw, then as they came. Inside a door that may see it."""
    return list(Lot.objects.filter(round=row).order_by("place", "came_at", "number"))
