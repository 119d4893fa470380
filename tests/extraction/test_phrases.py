"""Finding known phrases; inflecting reporting verbs."""

import pytest

from archive.extraction.knowledge import Entry
from archive.extraction.phrases import PhraseIndex, phrase_key
from archive.extraction.verbs import IMPERFECT, MASDAR, PARTICIPLE, PERFECT, verb_forms

INDEX = PhraseIndex.build(
    [("المملكة", "epithet"), ("المملكة المتحدة", "GB"), ("وزير", "title"), ("", "nothing"), ("زير", "jar")]
)


@pytest.mark.parametrize(
    ("text", "value", "proclitics"),
    [
        ("المملكة المتحدة", "GB", ""),  # the longest
        ("كالمملكة المتحدة", "GB", "ك"),
        ("للمملكة", "epithet", "ل"),
        ("وزير", "title", ""),  # the plainest reading
    ],
)
def test_a_phrase_is_found(text: str, value: str, proclitics: str) -> None:
    match = INDEX.match_at(phrase_key(text), 0)
    assert match is not None
    assert (match.values[0], match.proclitics) == (value, proclitics)


def test_a_phrase_that_reaches_past_the_limit_is_not_found() -> None:
    keys = phrase_key("المملكة المتحدة")
    match = INDEX.match_at(keys, 0, 1)
    assert match is not None
    assert match.values == ("epithet",)
    assert INDEX.match_at(keys, 5) is None


def test_occurrences_do_not_overlap() -> None:
    found = INDEX.find_all(phrase_key("في المملكة المتحدة والمملكة"))
    assert [(match.start, match.end) for match in found] == [(1, 3), (3, 4)]


@pytest.mark.parametrize(
    ("form", "kind", "gender", "number"),
    [
        ("اكد", PERFECT, "m", "s"),
        ("اكدت", PERFECT, "f", "s"),
        ("اكدوا", PERFECT, "m", "p"),
        ("توكد", IMPERFECT, "f", "s"),
        ("يوكدون", IMPERFECT, "m", "p"),
        ("موكدا", PARTICIPLE, "m", "s"),
        ("موكدين", PARTICIPLE, "m", "p"),
        ("تاكيدها", MASDAR, "f", "s"),
    ],
)
def test_a_verb_is_inflected(form: str, kind: str, gender: str, number: str) -> None:
    entry = Entry(
        "أكد", {"imperfect": "يؤكد", "participle": "مؤكد", "masdar": "تأكيد", "clause": ["", "على"]}
    )
    found = verb_forms([entry])[form]
    assert [(item.form, item.gender, item.number) for item in found] == [(kind, gender, number)]
    assert found[0].verb.clause == {"", "علي"}


def test_a_weak_verb_has_the_forms_that_its_entry_states() -> None:
    entry = Entry(
        "دعا", {"imperfect": "يدعو", "feminine": "دعت", "plural": "دعوا", "participle_accusative": "داعيا"}
    )
    assert {"دعا", "دعت", "دعوا", "يدعو", "تدعو", "يدعون", "داعيا"} <= set(verb_forms([entry]))
