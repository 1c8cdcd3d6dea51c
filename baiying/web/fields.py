"""How the fields of forms are drawn: the same markup as Django's own, without a template for each attribute and line.

Named by FORM_RENDERER. A select of twenty lines took Django some sixty templates; half of a case's page went there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Widget = Mapping[str, Any]
AT = "django/forms/widgets/"


class Fields(DjangoTemplates):
    """Django's renderer, which draws the plain fields itself and leaves the others to their templates."""

    def render(self, template_name: str, context: Mapping[str, Any], request: HttpRequest | None = None) -> str:
        draw = DRAWN.get(template_name)
        return draw(context["widget"]) if draw is not None else super().render(template_name, dict(context), request)


def attributes(held: Mapping[str, Any]) -> SafeString:
    """Attributes in their order; one that is True stands by its name alone, one that is False not at all."""
    return format_html_join("", "{}", (
        (format_html(" {}", name) if value is True else format_html(' {}="{}"', name, str(value)),)
        for name, value in held.items() if value is not False))


def entry(widget: Widget) -> SafeString:
    """A line to type into, a box to tick, or what the form carries unseen."""
    value = "" if widget["value"] is None else format_html(' value="{}"', str(widget["value"]))
    return format_html('<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value,
                       attributes(widget["attrs"]))


def choice(widget: Widget) -> SafeString:
    """One of several to tick, with its words beside it where the page wants them so."""
    drawn = entry(widget)
    if not widget.get("wrap_label"):
        return drawn
    target = format_html(' for="{}"', widget["attrs"]["id"]) if widget["attrs"].get("id") else ""
    return format_html("<label{}>{} {}</label>", target, drawn, widget["label"])


def words(widget: Widget) -> SafeString:
    """A field for words. The first line break is the markup's own, so that none of hers is lost."""
    return format_html('<textarea name="{}"{}>\n{}</textarea>', widget["name"], attributes(widget["attrs"]),
                       widget["value"] or "")


def select(widget: Widget) -> SafeString:
    """A list to choose from, in groups where it has any."""
    lines = [grouped(name, format_html_join("", "{}", ((line(one),) for one in inside)))
             for name, inside, _index in widget["optgroups"]]
    return format_html('<select name="{}"{}>{}</select>', widget["name"], attributes(widget["attrs"]),
                       format_html_join("", "{}", ((one,) for one in lines)))


def grouped(name: str | None, lines: SafeString) -> SafeString:
    return format_html('<optgroup label="{}">{}</optgroup>', name, lines) if name else lines


def line(option: Widget) -> SafeString:
    """One line of a list."""
    return format_html('<option value="{}"{}>{}</option>', str(option["value"]), attributes(option["attrs"]),
                       option["label"])


ENTRIES = ("text", "number", "email", "url", "password", "hidden", "date", "datetime", "time", "checkbox", "input")
DRAWN: dict[str, Callable[[Widget], SafeString]] = {
    **{f"{AT}{name}.html": entry for name in ENTRIES},
    f"{AT}radio_option.html": choice, f"{AT}checkbox_option.html": choice, f"{AT}textarea.html": words,
    f"{AT}select.html": select,
}
