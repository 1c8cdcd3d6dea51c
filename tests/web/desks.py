"""What the tests of the desks share: finding a case, a form of its page, and doing things as staff do."""

from __future__ import annotations

from django.test import Client

from tests.web.pages import Form, Shown, shown


def bare(number: str) -> str:
    """A number as it stands in an address."""
    return number.replace("-", "")


def case_of(client: Client, number: str) -> Shown:
    return case_at(client, f"/case/{bare(number)}/")


def case_at(client: Client, address: str) -> Shown:
    """The case at this address; a protected one that nobody holds is taken up first."""
    page = shown(client.get(address, follow=True))
    return page.press(client, "take") if any(form.id == "take" for form in page.forms) else page


def moving(page: Shown, beginning: str = "answered") -> Form:
    """The form of the first move whose key begins so."""
    return next(form for form in page.forms if form.action.endswith("/move/") and "version" in form.fields
                and form.fields["move"][0].startswith(beginning))


def answer(client: Client, number: str, words: str) -> Shown:
    form = moving(case_of(client, number))
    return shown(client.post(form.action, {**form.fields, "text": words}, follow=True))


def do(client: Client, number: str, act: str, **typed: str) -> Shown:
    """One of the other ways, filled in and pressed."""
    return case_of(client, number).press(client, f"act_{act}", **typed)


def bring_in(client: Client, number: str, party: str, unit: str, text: str, **more: str) -> Shown:
    """Ask the unit of this name to play a part."""
    page = shown(client.get(f"/case/{bare(number)}/hands/?party={party}"))
    return page.press(client, "hands", unit=option(page, unit), text=text, **more)


def option(page: Shown, name: str) -> str:
    """The value of the line of a list, or of the radio button, with this name; empty when it is not offered."""
    content = page.answer.content.decode()
    before = next((content[:content.index(mark)] for mark in (f">{name}</option>", f"<strong>{name}")
                   if mark in content), "")
    return before[before.rindex('value="') + 7:].split('"')[0] if before else ""
