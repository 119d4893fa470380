"""What a reader should know of an answer, in sentences of the page's language."""

import re
from collections.abc import Sequence

from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from archive.arabic.letters import ARABIC
from search.engine.executor import MAX_EXPANSIONS, Found


def remarks_on(found: Found) -> list[str]:
    """What was let go, replaced, cut or left out."""
    remarks = []
    if found.all_let_go:
        remarks.append(_("No article has all the words; each of these has some of them."))
    elif found.let_go:
        remarks.append(
            ngettext(
                "No article has all the words; these have the most. Left out: the word %(words)s.",
                "No article has all the words; these have the most. Left out: the words %(words)s.",
                len(found.let_go),
            )
            % {"words": _listed(found.let_go)}
        )
    remarks += [
        _("No article has “%(word)s”, so what is spelled nearly the same was looked for: %(others)s.")
        % {"word": _isolated(word), "others": _listed(others)}
        for word, others in found.similar.items()
    ]
    remarks += [
        _("More than %(count)s words begin with “%(letters)s”: only the commonest were looked for.")
        % {"count": MAX_EXPANSIONS, "letters": _isolated(letters)}
        for letters in found.expanded
    ]
    if found.undated:
        remarks.append(
            ngettext(
                "%(count)s article without a date was left out.",
                "%(count)s articles without a date were left out.",
                found.undated,
            )
            % {"count": found.undated}
        )
    return remarks


def _listed(words: Sequence[str]) -> str:
    return _(", ").join(_("“%(word)s”") % {"word": _isolated(word)} for word in words)


def _isolated(word: str) -> str:
    """A reader's word, kept apart from a sentence that runs the other way."""
    same_way = get_language_bidi() == bool(re.search(f"[{ARABIC}]", word))
    return word if same_way else f"\u2068{word}\u2069"
