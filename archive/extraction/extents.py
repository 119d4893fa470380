"""Where the complement of a cue ends: at the next cue, at a source phrase, at the writer's own words."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from archive.arabic.names import ENDINGS
from archive.arabic.particles import SUBORDINATORS, word_set
from archive.extraction.complements import THAT, is_that
from archive.extraction.cues import Cue
from archive.extraction.document import Document
from archive.extraction.noun_phrases import Mention
from archive.extraction.sentences import Marked
from archive.extraction.sources import SourcePhrase
from archive.extraction.verbs import IMPERFECT, MASDAR, PARTICIPLE, PERFECT
from archive.extraction.vocabulary import Vocabulary

CLOSERS = "\"”“»)’'"
# After a comma and a preposition these name the occasion of a statement.
_OCCASIONS = word_set(
    "هامش ختام اجتماع الاجتماع مؤتمر المؤتمر كلمة كلمته كلمتها تصريح تصريحات مقابلة بيان حديث "
    "مداخلته مداخلتها لقائه لقائها لقاء وصوله وصولها افتتاح"
)
_BEFORE_OCCASIONS = word_set("خلال على في عقب إثر لدى")
# لكنه أضاف, ثم قال
_TURNING = word_set("لكنه لكنها لكنهم لكنهما ولكنه ولكنها ولكن ثم")
# فيما يتعلق بـ, فيما بينهم: no clause.
_AS_REGARDS = tuple((word,) for word in word_set("يتعلق يخص بينها بينهم بينهما بعد يلي إذا لو عدا مضى"))
# «…»، وأنه لا وقت نضيعه
_AND_THAT = frozenset("و" + word for word in THAT)
_GLOSSES = word_set("أي يعني وفق بحسب")
_COMMENTS = word_set("وذلك وهو وهي وهم وهما")
_TELLINGS = word_set(
    "يحدد تحدد يحددوا يذكر تذكر يوضح توضح يكشف تكشف يفصح تفصح يدلي تدلي يقدم تقدم يعطي تعطي يتطرق تتطرق"
)
_REMARKS = word_set("جاء وجاء يأتي ويأتي جاءت وجاءت تأتي وتأتي")
_REMARKED = word_set("ذلك هذا هذه تصريحات تصريح")


def opens_remark(document: Document, place: int, vocabulary: Vocabulary) -> bool:
    """Whether the writer's own words begin at a word.

    «، جاء ذلك خلال …», «، على هامش الاجتماع», «، وذلك بعد …», «، وهو رقم …», «، منتقدا …»,
    «، ودعا …», «من دون أن يحدد …».
    """
    keys = document.keys
    key, following = keys[place], keys[place + 1 : place + 4]
    if key == "من" and following[:1] == ("دون",):
        return following[1:2] == ("ان",) and bool(_TELLINGS & set(following[2:3]))
    if key == "دون" and keys[place - 1] != "من":
        return following[:1] == ("ان",) and bool(_TELLINGS & set(following[1:2]))
    gap = document.gap_before(place)
    if "،" not in gap and "," not in gap:
        # «…» وطالبهم بـ…
        return (
            key.startswith("و")
            and any(s in gap for s in CLOSERS)
            and _reports_on(document, place, vocabulary)
        )
    if key == "في" and following[:1] in (("اشاره",), ("حين",), ("وقت",)):
        return True
    if key == "فيما":
        return following[:1] not in _AS_REGARDS
    if key == "كما" and following:
        return any(form.form == PERFECT for form in vocabulary.verbs.get(following[0], ()))
    if key in _BEFORE_OCCASIONS:
        return bool(_OCCASIONS & set(following[:2]))
    if key in _REMARKS:
        return bool(_REMARKED & set(following[:1]))
    return key in _COMMENTS or _reports_on(document, place, vocabulary)


def _reports_on(document: Document, place: int, vocabulary: Vocabulary) -> bool:
    """After a comma: a participle of manner (منتقدا، ضاربا المثل), or و and a reporting verb (ورحب بـ)."""
    key = document.keys[place]
    bare = key[1:] if key.startswith("و") and len(key) > 4 else key
    forms = vocabulary.verbs.get(bare, ())
    if any(form.form == PARTICIPLE for form in forms):
        return bare.endswith(("ا", "ه", "ين"))
    if bare is not key and any(form.form == PERFECT for form in forms) and key not in vocabulary.verbs:
        return forms[0].verb.mood not in ("weak", "relay", "document") and bare not in ENDINGS
    active = (len(bare) == 5 and bare[1] == "ا") or (len(bare) > 5 and bare.startswith("م"))
    manner = active and bare.endswith("ا") and bare is key
    return manner and key not in vocabulary.cue("no_participle") | vocabulary.cue("adverb")


def they_went_on(document: Document, place: int) -> bool:
    """«، وحددوا خمسة محاور»: the plural subject of the sentence goes on."""
    key = document.keys[place]
    goes_on = len(key) > 4 and key.startswith("و") and key.endswith("وا")
    return goes_on and any(sign in document.gap_before(place) for sign in "،,")


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
        at_once = cue.complement.kind == "clause" and cue.complement.first == cue.last
        return comma or cue.conjoined or at_once or document.keys[cue.place].endswith("ا")
    if cue.form.form == MASDAR:
        return previous in ("عنه", "عنها", "عنهم") or cue.form.verb.lemma == "قال"
    if cue.form.form == IMPERFECT:
        return comma and cue.conjoined and cue.last in mention_at
    if previous in _TURNING or (
        previous in ("انه", "انها") and document.keys[cue.place - 2] in ("غير", "الا")
    ):
        return True
    subordinate = previous.removeprefix("و") in SUBORDINATORS
    asserts = cue.form.form == PERFECT and cue.form.verb.mood == "assertion"
    return cue.conjoined or subordinate or (comma and (asserts or cue.last in mention_at))


def cut_before(document: Document, cue: Cue, first: int, mention_ending: dict[int, Mention]) -> int:
    """Where a clause before this cue ends: at the cue, or at فيما or the subject before it."""
    place = cue.place
    if place > first and (document.keys[place - 1] in _TURNING or document.keys[place - 1] == "و"):
        return place - 1
    if place > first + 1 and document.keys[place - 2] in ("غير", "الا") and is_that(document.keys[place - 1]):
        return place - 2
    if place > first and document.keys[place - 1].removeprefix("و") in SUBORDINATORS:
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


def before_introduction(document: Document, first: int, end: int, spans: Sequence[Marked]) -> int:
    """A clause ends at «؛ إذ «…»» and at «: «…»»: what follows is quoted by itself."""
    for span in spans_within(spans, first, end):
        if span.first > first and ":" in document.gap_before(span.first):
            return span.first
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


def goes_on(document: Document, span: Marked, end: int, vocabulary: Vocabulary) -> bool:
    """Whether a clause goes on after its marked beginning (أنه «سنعمل …» من خلال …)."""
    if span.last < end and document.keys[span.last] in _AND_THAT:
        return True
    if end - span.last < 2 or document.keys[span.last] in _GLOSSES:
        return False
    forms = vocabulary.verbs.get(document.keys[span.last], ())
    if any(form.form == PARTICIPLE for form in forms):
        return False
    return not any(sign in document.gap_before(span.last) for sign in "،,؛:.")
