"""What the importer kept as data, shown as something to read. Values in, safe HTML out."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

NOTHING = "—"


def evidence_words(evidence: Iterable[dict[str, Any]]) -> SafeString | str:
    """The words that prove a value, each in quotation marks with its place on hover."""
    return (
        format_html_join(
            _(", "),
            '<bdi title="{}–{}">«{}»</bdi>',
            ((item.get("start", ""), item.get("end", ""), item["text"]) for item in evidence),
        )
        or NOTHING
    )


def outline(value: Any) -> SafeString | str:
    """JSON as nested lists: names in bold, values isolated so that both directions stay legible."""
    if isinstance(value, dict) and value:
        rows = ((name, outline(item)) for name, item in value.items())
        return format_html("<ul>{}</ul>", format_html_join("", "<li><b>{}</b>: {}</li>", rows))
    if isinstance(value, list | tuple) and value:
        rows = ((outline(item),) for item in value)
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", rows))
    if value in (None, "", [], {}, ()):
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return format_html("<bdi>{}</bdi>", value)


def marked_text(text: str, furniture: Iterable[dict[str, Any]]) -> SafeString:
    """The whole canonical text; what was dropped from the body is dimmed, with the reason on hover."""
    parts: list[tuple[SafeString | str]] = []
    position = 0
    for span in sorted(furniture, key=lambda span: span["start"]):
        start = max(span["start"], position)
        parts.append((text[position:start],))
        dropped = format_html('<del title="{}">{}</del>', span.get("reason", ""), text[start : span["end"]])
        parts.append((dropped,))
        position = max(position, span["end"])
    parts.append((text[position:],))
    return format_html('<div class="canonical-text" dir="auto">{}</div>', format_html_join("", "{}", parts))


def field_label(model: type[Model], name: str) -> str:
    """What a column is called; the name itself when the table has none of that name."""
    try:
        return str(model._meta.get_field(name).verbose_name)
    except FieldDoesNotExist:
        return name


def machine_text(text: str) -> SafeString:
    """A path, a digest or a code: left to right whatever stands around it, broken anywhere."""
    return format_html('<bdi class="machine-text" dir="ltr">{}</bdi>', text)


def link(row: Model | None, words: Any = None) -> SafeString | str:
    """A link to a row's own page in the admin; a dash for none."""
    if row is None:
        return NOTHING
    address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    return format_html('<a href="{}">{}</a>', address, words or row)


def list_link(model: type[Model], words: Any, **conditions: Any) -> SafeString:
    """A link to a table's list in the admin, narrowed by ``conditions``."""
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist", query=conditions)
    return format_html('<a href="{}">{}</a>', address, words)
