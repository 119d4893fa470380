"""What a reader should know of an answer, in sentences of the page's language."""

import re
from collections.abc import Sequence

from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from archive.arabic.letters import ARABIC
from search.database_search import DatabaseIndex
from search.engine.asking import Results
from search.engine.expansions import MAX_EXPANSIONS
from search.engine.schema import ARTICLES, QUOTATIONS


def remarks_on(results: Results, kind: str = ARTICLES) -> list[str]:
    """What was let go, replaced, cut or left out of ``kind``, articles or quotations."""
    of_quotations = kind == QUOTATIONS
    remarks = []
    if results.all_let_go:
        remarks.append(
            _("No quotation has all the words; each of these has some of them.")
            if of_quotations
            else _("No article has all the words; each of these has some of them.")
        )
    elif results.let_go:
        remarks.append(_left_out(results.let_go, of_quotations))
    nowhere = (
        _("No quotation has “%(word)s”, so what is spelled nearly the same was looked for: %(others)s.")
        if of_quotations
        else _("No article has “%(word)s”, so what is spelled nearly the same was looked for: %(others)s.")
    )
    remarks += [
        nowhere % {"word": _isolated(word), "others": _listed(others)}
        for word, others in results.similar.items()
    ]
    remarks += map(_cut_short, results.expanded)
    if results.undated:
        remarks.append(_undated(results.undated, of_quotations))
    return remarks


def remark_on_database(index: DatabaseIndex) -> str:
    """That the database answers in the index's stead, and how much of it when that is not all."""
    if index.is_whole:
        return _("The index is being built; this answer comes straight from the database.")
    sentence = ngettext(
        "The index is being built; this answer comes straight from the database,"
        " and from its newest article only.",
        "The index is being built; this answer comes straight from the database,"
        " and from its %(count)s newest articles only.",
        index.read,
    )
    return sentence % {"count": index.read}


def _left_out(words: Sequence[str], of_quotations: bool) -> str:
    if of_quotations:
        sentence = ngettext(
            "No quotation has all the words; these have the most. Left out: the word %(words)s.",
            "No quotation has all the words; these have the most. Left out: the words %(words)s.",
            len(words),
        )
    else:
        sentence = ngettext(
            "No article has all the words; these have the most. Left out: the word %(words)s.",
            "No article has all the words; these have the most. Left out: the words %(words)s.",
            len(words),
        )
    return sentence % {"words": _listed(words)}


def _undated(count: int, of_quotations: bool) -> str:
    if of_quotations:
        sentence = ngettext(
            "%(count)s quotation without a date was left out.",
            "%(count)s quotations without a date were left out.",
            count,
        )
    else:
        sentence = ngettext(
            "%(count)s article without a date was left out.",
            "%(count)s articles without a date were left out.",
            count,
        )
    return sentence % {"count": count}


def _cut_short(letters: str) -> str:
    """That a prefix, or a pattern with its signs, stands for too many words."""
    sentence = (
        _("More than %(count)s words fit “%(letters)s”: only the commonest were looked for.")
        if "*" in letters or "?" in letters
        else _("More than %(count)s words begin with “%(letters)s”: only the commonest were looked for.")
    )
    return sentence % {"count": MAX_EXPANSIONS, "letters": _isolated(letters)}


def _listed(words: Sequence[str]) -> str:
    return _(", ").join(_("“%(word)s”") % {"word": _isolated(word)} for word in words)


def _isolated(word: str) -> str:
    """A reader's word, kept apart from a sentence that runs the other way."""
    same_way = get_language_bidi() == bool(re.search(f"[{ARABIC}]", word))
    return word if same_way else f"\u2068{word}\u2069"
