"""Where the complement of a cue ends: at the next cue, at a source phrase, at the writer's own words."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from archive.arabic.particles import SUBORDINATORS, word_set
from archive.extraction.cues import Cue
from archive.extraction.document import Document
from archive.extraction.noun_phrases import Mention
from archive.extraction.sentences import Marked
from archive.extraction.sources import SourcePhrase
from archive.extraction.verbs import IMPERFECT, MASDAR, PARTICIPLE

CLOSERS = "\"”“»)’'"
# After a comma and a preposition these name the occasion of a statement.
_OCCASIONS = word_set(
    "هامش ختام اجتماع الاجتماع مؤتمر المؤتمر كلمة كلمته كلمتها تصريح تصريحات مقابلة بيان حديث "
    "مداخلته مداخلتها لقائه لقائها لقاء وصوله وصولها افتتاح"
)
_BEFORE_OCCASIONS = word_set("خلال على في عقب إثر لدى")
_REMARKS = word_set("جاء وجاء يأتي ويأتي جاءت وجاءت تأتي وتأتي")
_REMARKED = word_set("ذلك هذا هذه تصريحات تصريح")


def opens_remark(document: Document, place: int) -> bool:
    """Whether the writer's own words begin: «، جاء ذلك خلال …», «، على هامش الاجتماع»."""
    keys = document.keys
    if "،" not in document.gap_before(place):
        return False
    if keys[place] in _BEFORE_OCCASIONS:
        return bool(_OCCASIONS & set(keys[place + 1 : place + 3]))
    return keys[place] in _REMARKS and bool(_REMARKED & set(keys[place + 1 : place + 2]))


def breaks(
    document: Document,
    cue: Cue,
    before: Cue,
    sources: Sequence[SourcePhrase],
    mention_at: dict[int, Mention],
) -> bool:
    """Whether a cue ends the complement of the cue ``before`` it, rather than being part of it."""
    content = before.complement.content
    if cue.place < content:
        return cue.form.form == MASDAR or before.complement.first > cue.place
    comma = any(sign in document.gap_before(cue.place) for sign in "،,؛")
    span = before.complement.marked
    if span is not None and cue.place >= span.last:
        return cue.form.form != IMPERFECT or comma or cue.conjoined
    last_source = bisect_right(sources, cue.place, key=lambda phrase: phrase.last) - 1
    if last_source >= 0 and sources[last_source].first > content:
        return True
    previous = document.keys[cue.place - 1]
    if cue.form.form == PARTICIPLE:
        return comma or cue.conjoined
    if cue.form.form == MASDAR:
        return previous in ("عنه", "عنها", "عنهم") or cue.form.verb.lemma == "قال"
    if cue.form.form == IMPERFECT:
        return comma and cue.conjoined and cue.last in mention_at
    return cue.conjoined or previous in SUBORDINATORS or (comma and cue.last in mention_at)


def cut_before(document: Document, cue: Cue, first: int, mention_ending: dict[int, Mention]) -> int:
    """Where a clause before this cue ends: at the cue, or at فيما or the subject before it."""
    place = cue.place
    if place > first and document.keys[place - 1] in SUBORDINATORS:
        place -= 1
        if place > first and document.keys[place - 1] == "في":
            place -= 1
    mention = mention_ending.get(place)
    if mention is None or cue.conjoined:
        return place
    return mention.first if any(sign in document.gap_before(mention.first) for sign in "،,") else place


def next_cut(cuts: Sequence[int], place: int, last: int) -> int:
    """The first of the sorted ``cuts`` after ``place``, or ``last``."""
    at = bisect_right(cuts, place)
    return cuts[at] if at < len(cuts) else last


def spans_within(spans: Sequence[Marked], first: int, last: int) -> list[Marked]:
    """The marked spans (in order) that lie in the words ``first`` to before ``last``."""
    at = bisect_left(spans, first, key=lambda span: span.first)
    found = []
    while at < len(spans) and spans[at].first < last:
        if spans[at].last <= last:
            found.append(spans[at])
        at += 1
    return found


def before_semicolon(document: Document, first: int, end: int, spans: Sequence[Marked]) -> int:
    """A clause ends at «؛ إذ «…»»: what follows the semicolon is quoted by itself."""
    for span in spans_within(spans, first, end):
        for place in range(max(first + 1, span.first - 2), min(span.first + 1, end)):
            if "؛" in document.gap_before(place):
                return place
    return end


def closed_end(document: Document, start: int, last: int) -> int:
    """The character at which the words up to ``last`` end, with the marks that close what they opened."""
    text = document.text
    stop = document.words[last - 1].end
    limit = document.words[last].start if last < len(document.words) else len(text)
    if stop >= limit or text[stop] not in CLOSERS:
        return stop
    opened = sum(
        text.count(left, start, stop) - text.count(right, start, stop) for left, right in ("«»", "()")
    )
    odd = sum(text.count(mark, start, stop) for mark in '“”"') % 2
    while stop < limit and text[stop] in CLOSERS and (opened > 0 or odd):
        opened, odd, stop = opened - 1, 0, stop + 1
    return stop


def goes_on(document: Document, span: Marked, end: int) -> bool:
    """Whether a clause goes on after its marked beginning (أنه «سنعمل …» من خلال …)."""
    if end - span.last < 3:
        return False
    return not any(sign in document.gap_before(span.last) for sign in "،,؛:.")
