"""Numbers with the thing counted, in the right one of the language's plural forms."""

from collections.abc import Callable

from django.utils.formats import number_format
from django.utils.translation import ngettext

NOUNS: dict[str, Callable[[int], str]] = {
    "article": lambda n: ngettext("%(n)s article", "%(n)s articles", n),
    "quotation": lambda n: ngettext("%(n)s quotation", "%(n)s quotations", n),
    "verbatim": lambda n: ngettext("%(n)s verbatim", "%(n)s verbatim", n),
    "speaker": lambda n: ngettext("%(n)s speaker", "%(n)s speakers", n),
    "meeting": lambda n: ngettext("%(n)s meeting", "%(n)s meetings", n),
    "country": lambda n: ngettext("%(n)s country", "%(n)s countries", n),
    "outlet": lambda n: ngettext("%(n)s outlet", "%(n)s outlets", n),
    "figure": lambda n: ngettext("%(n)s figure", "%(n)s figures", n),
    "result": lambda n: ngettext("%(n)s result", "%(n)s results", n),
    "time": lambda n: ngettext("%(n)s time", "%(n)s times", n),
    "word": lambda n: ngettext("%(n)s word", "%(n)s words", n),
    "byte": lambda n: ngettext("%(n)s byte", "%(n)s bytes", n),
}


def counted(number: int, noun: str) -> str:
    """``number`` and ``noun`` (a key of ``NOUNS``) in the active language; groups of three digits."""
    return NOUNS[noun](number) % {"n": number_format(number, force_grouping=True)}
