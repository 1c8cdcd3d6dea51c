"""The self-test for somebody who is not signed in. It stores nothing: what she says travels in the form itself."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baiying.catalogue.promised import promised, service
from baiying.catalogue.queries import default_matter, every_matter, speaks_chinese
from baiying.engine.flow import ASKER
from baiying.engine.rules import SUBJECTS
from baiying.engine.services import Service
from baiying.kit import moment
from baiying.services.actions.requesting import may_ask
from baiying.services.queries import entitlement
from baiying.web import drafts
from baiying.web.forms.entitlement import Asked, Carried, Shown, carried, in_words
from baiying.web.forms.need import ANSWERS
from baiying.web.pages import page
from baiying.web.signing import whose


def selftest(request: HttpRequest) -> HttpResponse:
    """One question after the other, and below what is certain so far; of herself, or of her child or parent."""
    now = carried(request.POST) if request.method == "POST" else Carried()
    found = entitlement.guest(now.said, now.skipped, subject_of(request))
    words = promised().facts
    asked = words[now.at] if now.at in words else next(iter(found.questions), None)
    return page(
        request, "services/selftest.html", 400 if now.wrong else 200, now=now, found=found,
        told=[Shown(words[one], in_words(words[one], now.said[one])) for one in now.trail if one in now.said],
        asked=Asked(asked, now.typed, now.wrong) if asked else None,
        whom=ForWhom(subject_of(request), any(one.on_behalf for one in found.offers), whose(request) is not None),
        begun=bool(now.trail), left=sum(one != asked for one in found.questions),
    )  # fmt: skip


@dataclass(frozen=True)
class ForWhom:
    """Of whom the questions are; ``asked``: whether any service is asked for in her name for that person."""

    subject: str
    asked: bool
    signed: bool

    @property
    def other(self) -> bool:
        return self.subject != entitlement.SELF


def subject_of(request: HttpRequest) -> str:
    """Of whom the questions are; herself where nothing else is said."""
    said = request.POST.get("for") or request.GET.get("for", "")
    return said if said in SUBJECTS else entitlement.SELF


FOR_WHOM = {"child": ("给我的孩子", " for my child"), "parent": ("给我的父母", " for my parent")}


def please_look(wanted: Service, subject: str) -> str:
    """The words with which the box opens, in the reader's language."""
    chinese, english = FOR_WHOM.get(subject, ("", ""))
    if speaks_chinese():
        return f"我想请人看看能不能{chinese}办:{wanted.name}。"
    return f"Please let a person look at this{english}: {wanted.name_en}."


def let_decide(request: HttpRequest) -> HttpResponse:
    """A person shall decide: signed in, a request; else the box opens with the service named, for her to complete."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("selftest"))
    wanted = service(request.POST.get("service", ""))
    if whose(request) is not None and may_ask(wanted):
        return HttpResponseRedirect(reverse("request_for", args=[wanted.key]))
    words = please_look(wanted, subject_of(request))
    key = wanted.matter or default_matter().key
    drafts.put(request, {"words": words, "matter": key, ANSWERS: asked_today(key)})
    return HttpResponseRedirect(reverse("front"))


def asked_today(key: str) -> dict[str, list[str]]:
    """The days that a kind of case cannot do without: for whoever asks of her own accord it is today. She may change
    it. Without it a press on "ask a person" would end at a question about a visit that nobody has made."""
    found = next((one for one in every_matter() if one.key == key), None)
    needed = [one for one in (found.asks.values() if found else ()) if one.need and one.by == ASKER]
    return {one.key: [moment.today().isoformat()] for one in needed if one.kind == "date"}
