"""Reporting verbs: every inflected form that reports speech in the third person.

The forms are made by the regular endings from the stems of a lexicon entry; what the endings cannot
give (داعيا) the entry states. Folded words throughout.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from archive.arabic.normalize import fold
from archive.extraction.knowledge import Entry

PERFECT, IMPERFECT, PARTICIPLE, MASDAR = "perfect", "imperfect", "participle", "masdar"
WEAK_ENDINGS = ("ا", "ي", "و")


@dataclass(frozen=True, slots=True)
class Verb:
    """``clause``: the words that may stand before أن; ``noun``: before a nominal complement ('' = none).

    ``transitive``: the noun after it may be whom it is said to (أبلغ الصحافيين), not who says it.
    """

    lemma: str
    clause: frozenset[str]
    noun: frozenset[str]
    mood: str
    transitive: bool


class VerbForm(NamedTuple):
    """One inflected form; ``gender`` m or f ('' = open), ``number`` s, d or p ('' = open).

    ``definite``: a masdar with the article, which reports only after a preposition (بالقول، إلى التأكيد).
    ``object``: it ends with a pronoun for its object (وصفه، أبلغهم).
    """

    verb: Verb
    form: str
    gender: str
    number: str
    definite: bool = False
    object: bool = False


def attribute(entry: Entry, name: str) -> str:
    """A text attribute of an entry, '' if it has none."""
    value = entry.attributes.get(name)
    return value if isinstance(value, str) else ""


def _choices(entry: Entry, name: str) -> frozenset[str]:
    value = entry.attributes.get(name)
    return frozenset(fold(str(item)) for item in value) if isinstance(value, list | tuple) else frozenset()


def _perfect(stem: str, feminine: str, plural: str) -> Iterable[tuple[str, str, str]]:
    short = stem[:-1] if stem.endswith(WEAK_ENDINGS) and len(stem) > 2 else stem
    feminine = feminine or short + "ت"
    yield stem, "m", "s"
    yield feminine, "f", "s"
    yield feminine + "ا", "f", "d"
    yield stem + "ا", "m", "d"
    yield plural or short + "وا", "m", "p"


def _imperfect(stem: str, plural: str) -> Iterable[tuple[str, str, str]]:
    short = stem[:-1] if stem.endswith(WEAK_ENDINGS) else stem
    yield stem, "m", "s"
    yield "ت" + stem[1:], "f", "s"
    yield stem + "ان", "m", "d"
    yield plural or short + "ون", "m", "p"


def _participle(stem: str, entry: Entry) -> Iterable[tuple[str, str, str]]:
    accusative = fold(attribute(entry, "participle_accusative"))
    if accusative or stem:
        yield accusative or stem + "ا", "m", "s"
    base = stem or accusative.removesuffix("ا")
    if base:
        yield fold(attribute(entry, "participle_feminine")) or base + "ه", "f", "s"
        short = base[:-1] if base.endswith(WEAK_ENDINGS) else base
        yield fold(attribute(entry, "participle_plural")) or short + "ين", "m", "p"
        yield base + "ان", "m", "d"
        yield base + "تين", "f", "d"


def _masdar(stem: str) -> Iterable[tuple[str, str, str]]:
    yield stem + "ه", "m", "s"
    yield stem + "ها", "f", "s"
    yield stem + "هم", "m", "p"
    yield stem + "هما", "m", "d"


def _with_object(text: str, form: str) -> Iterable[str]:
    base = text[:-1] + "ا" if form == PERFECT and text.endswith("ي") else text
    return (base + pronoun for pronoun in ("ه", "ها", "هم", "هما", "نا"))


def inflect(entry: Entry) -> Iterable[tuple[str, VerbForm]]:
    """The folded forms of one reporting verb; ``object`` in the entry: with a pronoun as well (وصفه)."""
    verb = Verb(
        entry.text,
        _choices(entry, "clause"),
        _choices(entry, "noun"),
        attribute(entry, "mood") or "assertion",
        bool(entry.attributes.get("transitive")),
    )
    stem, imperfect = fold(entry.text), fold(attribute(entry, "imperfect"))
    finite = {PERFECT: _perfect(stem, fold(attribute(entry, "feminine")), fold(attribute(entry, "plural")))}
    if imperfect:
        finite[IMPERFECT] = _imperfect(imperfect, fold(attribute(entry, "imperfect_plural")))
    for form, inflected in finite.items():
        for text, gender, number in inflected:
            yield text, VerbForm(verb, form, gender, number)
            if entry.attributes.get("object") and number != "p":
                for joined in _with_object(text, form):
                    yield joined, VerbForm(verb, form, gender, number, object=True)
    for text, gender, number in _participle(fold(attribute(entry, "participle")), entry):
        yield text, VerbForm(verb, PARTICIPLE, gender, number)
    masdar = fold(attribute(entry, "masdar"))
    if masdar:
        for text, gender, number in _masdar(masdar):
            yield text, VerbForm(verb, MASDAR, gender, number)
        yield "ال" + masdar, VerbForm(verb, MASDAR, "", "", definite=True)


def verb_forms(entries: Iterable[Entry]) -> Mapping[str, tuple[VerbForm, ...]]:
    """All forms of all verbs by their folded text; a form may belong to several verbs."""
    forms: dict[str, list[VerbForm]] = {}
    for entry in entries:
        for text, form in inflect(entry):
            known = forms.setdefault(text, [])
            if form not in known:
                known.append(form)
    return {text: tuple(values) for text, values in forms.items()}
