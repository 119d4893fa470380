"""How templates write two versions of a statement beside each other."""

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive.counted import counted
from archive.extraction.collation import Collation, Relation, Side
from archive.versions import Version

register = template.Library()

MARKUP = {Relation.DIFFERENT: "<mark>{}</mark>", Relation.BEYOND: '<span class="beyond">{}</span>'}


@register.simple_tag
def collated(version: Version, side: Side | None = None) -> SafeString:
    """The words of a version, whole words that differ marked; between guillemets when they are verbatim."""
    if side is None:
        words = escape(version.text)
    else:
        runs = ((MARKUP.get(run.relation, "{}"), run.text) for run in side.runs)
        words = format_html_join("", "{}", ((format_html(markup, text),) for markup, text in runs))
    return format_html("«{}»", words) if version.is_verbatim else words


@register.simple_tag
def difference(collation: Collation) -> str:
    """How far two versions differ, in a sentence or two with the counts of words."""
    one, other = collation.one, collation.other
    counts = {
        "one": counted(one.different, "word"),
        "one_all": one.words,
        "other": counted(other.different, "word"),
        "other_all": other.words,
    }
    marked = _(
        "Marked is what differs: %(one)s of %(one_all)s in the first, "
        "%(other)s of %(other_all)s in the second."
    )
    differs = one.different or other.different
    sentences = [marked % counts if differs else _("No word differs.")]
    for side, paler in (
        (one, _("Paler is what the first alone has: %(words)s.")),
        (other, _("Paler is what the second alone has: %(words)s.")),
    ):
        if side.beyond:
            sentences.append(paler % {"words": counted(side.beyond, "word")})
    return " ".join(sentences)
