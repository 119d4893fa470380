"""The words of a quotation by which it is recognised in another translation or outlet.

What carries the statement is left: content words without proclitics and endings, numbers as values,
and whether a negation stands before a word. Function words go. Offsets are not kept: what a reader sees
of two versions is compared word by word in ``archive.extraction.collation``.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from archive.arabic.clitics import readings, without_article
from archive.arabic.normalize import fold
from archive.arabic.particles import (
    PREPOSITIONS,
    RELATIVES,
    RESUMPTIVES,
    SUBORDINATORS,
    word_set,
)
from archive.arabic.stem import LightStemmer
from archive.extraction.document import Document, read_document
from archive.extraction.numbers import number_at

# A number of this many units or more hardly stands in two statements by chance.
TELLING_FIGURE = 100
# One and two are articles and pronouns as often as numbers.
SMALLEST_FIGURE = 3
FRACTIONS = {
    fold(word): part
    for part, words in ((1 / 2, "نصف"), (1 / 3, "ثلث"), (2 / 3, "ثلثا ثلثي ثلثان ثلثين"), (1 / 4, "ربع"))
    for word in words.split()
}
YEARS = range(1900, 2101)
NEGATIONS = word_set("لا لم لن ليس ليست لسنا ليسوا غير عدم دون بدون ولا ولم ولن وليس بلا فلا فلن فلم")
# «Still», in every spelling: a negation in form only.
STILL = re.compile(r"[وف]?(?:لا|ما|لم) ?(?:[يتن]زال(?:ون|وا)?|زال(?:ت|وا)?|زلنا|[يتن]زل)")
FUNCTION_WORDS = (
    PREPOSITIONS
    | RELATIVES
    | RESUMPTIVES
    | SUBORDINATORS
    | word_set(
        "أن إن أنه أنها إنه إنها أننا إننا أنهم إنهم بأن لأن كان كانت كانوا يكون تكون نكون هو هي هم نحن أنا "
        "هذا هذه ذلك تلك هؤلاء هنا هناك هنالك ما كل بعض أي إلا ألا قد لقد سوف ثم أو أم بل لكن ولكن حتى "
        "التي الذي كما منه منها منهم عنه عنها فيه فيها إليه إليها بيننا لنا لهم علينا مما عما وما وهو وهي "
        "وهذا وهذه وأن وإن وفي ومن وعلى وإلى وعن ومع حول رغم الرغم برغم جدا أيضا معا "
        "يجب ينبغي ويجب علينا أمر الأمر كذلك يتم تم "
        "تتم سيتم حقيقة مع اليوم أمس بما فيما سواء نحو قرابة زهاء حوالي تقريبا أكثر"
    )
)
# What every statement on the coalition's subject names: alone these words show nothing.
TOPIC_WORDS = word_set(
    "ضرورة أهمية تعاون دعم تعزيز التزام ملتزم ملتزمون نشدد نؤكد نطالب ندعو نشكر نرحب نتطلع نثمن نقدر استضافة "
    "مواصلة استمرار تنسيق تحالف دولي دولية عالمي داعش تنظيم دولة دول إسلامية إرهاب إرهابي إرهابية إرهابيين "
    "متطرف متطرفين "
    "عراق عراقي عراقية سوريا سورية منطقة مجتمع وزير خارجية بلاده بلادنا بلاد حكومة عالم جهود محاربة "
    "مكافحة مواجهة هزيمة قتال حرب اجتماع أعضاء شركاء مقاتلين عناصر جماعة أراضي ولايات "
    "متحدة مملكة أميركي أمريكي قوات"
)
OPPOSITES = (
    ("زيادة تزيد ستزيد زاد يزداد", "خفض تخفيض تخفض ستخفض تقليص تقلص ستقلص"),
    ("ارتفاع ارتفع ترتفع", "انخفاض انخفض تنخفض تراجع تراجعت"),
    ("تأييد نؤيد تؤيد يؤيد ندعم تدعم", "رفض نرفض ترفض يرفض نعارض تعارض يعارض"),
    ("قبول نقبل تقبل يقبل", "رفض نرفض ترفض يرفض"),
    ("بقاء نبقى تبقى ستبقى سنبقى", "انسحاب ننسحب تنسحب ستنسحب سننسحب مغادرة رحيل"),
    ("بداية بدأ بدأت تبدأ", "نهاية انتهى انتهت تنتهي"),
    ("انتصار نصر نجاح نجح نجحت", "فشل فشلت إخفاق أخفقت خسارة"),
    ("توسيع نوسع توسع", "تقليص تقليل نقلص تضييق"),
    ("شمال", "جنوب"),
    ("شرق", "غرب"),
    ("أول", "آخر"),
    ("قبل", "بعد"),
    ("ممكن", "مستحيل"),
    ("سنواصل نواصل تواصل ستواصل مواصلة", "سنوقف نوقف توقف ستوقف وقف إنهاء"),
    ("تعزيز نعزز يعزز تعزز", "إضعاف يضعف تضعف نضعف"),
    ("فتح", "إغلاق"),
    ("أقوى", "أضعف"),
    ("أكبر", "أصغر"),
)
_SHORTEST_FORM = 2
_IMPERFECT = "يتنا"
_WEAK = str.maketrans("", "", "اوي")

_stem = LightStemmer().stem


@dataclass(frozen=True, slots=True)
class ContentWord:
    """A content word: its possible stems, its consonants, and whether it is negated.

    ``value`` is set for a number, in single units; it is ``telling`` when it is no year and of a size that
    hardly stands in two statements by chance.
    """

    forms: frozenset[str]
    roots: frozenset[str]
    negated: bool
    topic: bool
    value: float | None = None

    @property
    def telling(self) -> bool:
        return self.value is not None and self.value >= TELLING_FIGURE and self.value not in YEARS


@lru_cache(maxsize=1 << 12)
def content_words(text: str) -> tuple[ContentWord, ...]:
    """The content words of ``text`` in order; linear in its length."""
    document = read_document(text)
    keys, found, negated, at = document.keys, [], False, 0
    while at < len(keys):
        figure = _figure_at(document, at)
        if figure is not None:
            value, after = figure
            if value >= SMALLEST_FIGURE or value < 1:
                found.append(ContentWord(frozenset({f"#{value}"}), frozenset(), negated, False, value))
                negated = False
            at = after
        elif STILL.fullmatch(keys[at]):
            at += 1
        elif STILL.fullmatch(" ".join(keys[at : at + 2])):
            at += 2
        elif keys[at] in NEGATIONS or document.words[at].text.startswith("ألا"):
            negated = True
            at += 1
        else:
            if len(keys[at]) >= _SHORTEST_FORM and keys[at] not in FUNCTION_WORDS:
                forms, roots, topic = word_forms(keys[at])
                found.append(ContentWord(forms, roots, negated, topic))
                negated = False
            at += 1
    return tuple(found)


def _figure_at(document: Document, at: int) -> tuple[float, int] | None:
    """The number that begins at a word, and the place after it; None if none does."""
    written = number_at(document, at, 0, len(document.keys))
    if written is not None:
        return float(written.value), max(written.last, at + 1)
    parts = (FRACTIONS[word] for _clitics, word in readings(document.keys[at]) if word in FRACTIONS)
    return next(((part, at + 1) for part in parts), None)


@lru_cache(maxsize=1 << 16)
def word_forms(key: str) -> tuple[frozenset[str], frozenset[str], bool]:
    """The stems that a folded word may have, its consonants, and whether it is a word of the topic."""
    words = {without_article(rest) for _clitics, rest in readings(key)}
    topic = not words.isdisjoint(TOPIC_WORDS)
    forms = set()
    for word in words:
        stem = _stem(word)
        forms.add(stem)
        verb = stem[1:] if stem[:1] == "س" and stem[1:2] in _IMPERFECT and len(stem) > 3 else stem
        verb = verb[:-1] if verb.endswith("ت") and len(verb) > 4 else verb
        forms.add(verb)
        if verb[:1] in _IMPERFECT and len(verb) > 3:
            forms.add(verb[1:])
    forms = {form for form in forms if len(form) > _SHORTEST_FORM} or {_stem(key)}
    return frozenset(forms), frozenset(filter(None, map(_consonants, forms))), topic


def _consonants(form: str) -> str:
    """The strong letters of a stem, without a prefixed م or ت; empty when fewer than three are left."""
    strong = form.translate(_WEAK)
    if strong[:1] in ("م", "ت") and len(strong) > 3:
        strong = strong[1:]
    return strong if len(strong) >= 3 else ""


def opposed(one: ContentWord, other: ContentWord) -> bool:
    """Whether the two words mean opposite things."""
    return any(
        (not one.forms.isdisjoint(left) and not other.forms.isdisjoint(right))
        or (not one.forms.isdisjoint(right) and not other.forms.isdisjoint(left))
        for left, right in _OPPOSED
    )


def _stems_of(words: str) -> frozenset[str]:
    return frozenset(_stem(without_article(fold(word))) for word in words.split())


_OPPOSED = tuple((_stems_of(left), _stems_of(right)) for left, right in OPPOSITES)
