"""Reading a page as somebody without JavaScript uses it: its forms, its words, its links."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.http import HttpResponse
from django.test import Client

COMMUNITY = "110107003037"  # 八角南里社区
VOID = {"input", "br", "hr", "meta", "link", "img", "path", "circle", "rect", "line"}
SILENT = {"script", "style", "title", "svg"}


@dataclass
class Form:
    """A form with what it would send if its button were pressed now."""

    id: str
    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[str] = field(default_factory=list)


class Shown(HTMLParser):
    """A page: `text`, `forms`, `tags` (name and attributes of every element), `status`."""

    def __init__(self, answer: HttpResponse) -> None:
        super().__init__()
        self.answer, self.status = answer, answer.status_code
        self.forms: list[Form] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[tuple[str, str]] = []  # (language of the element, text)
        self._open: list[tuple[str, str]] = []
        self._select = self._area = ""
        self.feed(answer.content.decode())

    @property
    def text(self) -> str:
        return " ".join(words for _language, words in self.words)

    def form(self, name: str) -> Form:
        """The form with this id, or whose action ends so."""
        return next(form for form in self.forms if form.id == name or form.action.endswith(name))

    def press(self, browser: Client, name: str, /, **typed: str | list[str]) -> Shown:
        """Fill in the form and press its button; redirects are followed, as a browser does."""
        form = self.form(name)
        data: dict[str, str | list[str]] = {**form.fields, **typed}
        return shown(browser.post(form.action, data, follow=True))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        language = str(given.get("lang") or (self._open[-1][1] if self._open else ""))
        if tag not in VOID:
            self._open.append((tag, language))
        if tag == "form":
            self.forms.append(Form(given.get("id") or "", given.get("action") or "", given.get("method") or "get"))
        if self.forms:
            self._fill(tag, given)

    def _fill(self, tag: str, given: dict[str, str | None]) -> None:
        form, name = self.forms[-1], given.get("name") or ""
        if given.get("form"):
            return
        if tag == "input" and name and (given.get("type") not in ("radio", "checkbox") or "checked" in given):
            unsaid = "on" if given.get("type") == "checkbox" else ""  # what a browser sends for a tick without a value
            form.fields.setdefault(name, []).append(given.get("value") or unsaid)
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in given or self._select not in form.fields):
            form.fields[self._select] = [given.get("value") or ""]
        elif tag == "textarea":
            self._area = name
            form.fields[name] = [""]
        elif tag == "button":
            form.buttons.append(name)

    def handle_endtag(self, tag: str) -> None:
        self._area = "" if tag == "textarea" else self._area
        self._select = "" if tag == "select" else self._select
        while self._open and tag not in VOID:
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        inside = {tag for tag, _language in self._open}
        if self._area and self.forms:
            self.forms[-1].fields[self._area] = [data.removeprefix("\n")]
        if data.strip() and not inside & SILENT:
            self.words.append((self._open[-1][1] if self._open else "", data.strip()))


def shown(answer: HttpResponse) -> Shown:
    """The page of an answer."""
    return Shown(answer)
