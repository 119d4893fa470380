"""Words that somebody hands on: نقلت وكالة … عن X قوله، نسب البيان للصفدي تأكيده."""

from collections.abc import Callable, Mapping

from archive.extraction.cues import Cue
from archive.extraction.document import Document
from archive.extraction.noun_phrases import Mention
from archive.extraction.sentences import Sentence
from archive.extraction.turns import MEMORY
from archive.extraction.verbs import MASDAR

# What a cue with no speaker of its own does: nobody is named, the sentence's own subject, the one before.
UNNAMED, ITS_OWN, BEFORE = "unnamed", "own", "before"

Stranger = Callable[[int, int], Mention | None]


def read_relay(
    document: Document,
    cue: Cue,
    sentence: Sentence,
    mention_at: Mapping[int, Mention],
    mention_ending: Mapping[int, Mention],
    stranger: Stranger,
) -> Mention | str:
    """Whom a masdar or a verb of relay hands on: a mention, or how its speaker is to be looked for.

    ``stranger`` reads a name that no list knows between two words.
    """
    keys = document.keys
    masdar = cue.form.form == MASDAR
    stop = cue.place if masdar else cue.complement.first
    start = sentence.first if masdar else cue.place
    owner = mention_ending.get(cue.place)
    if masdar and owner is not None and owner.kind == "person" and owner.governed:
        # ونسب البيان للصفدي تأكيده
        return owner
    if cue.form.verb.lemma == "نسب":
        held = [mention_at[place] for place in range(cue.last, stop) if place in mention_at]
        return next((m for m in reversed(held) if m.kind == "person" and m.governed), UNNAMED)
    if masdar and keys[cue.place].startswith("بال"):
        # امتنع عن التأكيد مكتفيا بالقول: nothing is handed on.
        return ITS_OWN
    for place in range(stop - 1, max(start, stop - MEMORY), -1):
        if keys[place] in ("عن", "وعن"):
            mention = mention_at.get(place + 1)
            if mention is None and place + 1 < stop:
                mention = stranger(place + 1, stop)
            return mention if mention is not None and mention.last <= stop else UNNAMED
        if keys[place] in ("عنه", "عنها", "عنهم"):
            return BEFORE
    return ITS_OWN if masdar else _person_next(cue, mention_at)


def _person_next(cue: Cue, mention_at: Mapping[int, Mention]) -> Mention | str:
    """أورد بوريطة أن، أورد بيان أن: who hands on nobody's words says them."""
    named = mention_at.get(cue.last)
    return named if named is not None and named.kind in ("person", "statement") else UNNAMED
