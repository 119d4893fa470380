"""What every engine is asked: classes of questions, drawn from the corpus, in words and in our language."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

PAGE = 20
FACETS = ("speaker", "country", "source")


class Kind(NamedTuple):
    """A class of questions. ``how`` its words are wanted: all of them, any, side by side, or beginnings."""

    how: str = "all"
    of: str = "articles"
    sort: str = "relevance"
    offset: int = 0
    facets: Sequence[str] = ()


KINDS = {
    "rare": Kind(),
    "middle": Kind(),
    "common": Kind(),
    "and3": Kind(),
    "or3": Kind("any"),
    "phrase": Kind("phrase"),
    "prefix": Kind("prefix"),
    "facets": Kind(facets=FACETS),
    "date_sort": Kind(sort="newest"),
    "page50": Kind(offset=49 * PAGE),
    "quotation_by_speaker": Kind(of="quotations"),
    # The whole way of a reader's query, which no other engine goes.
    "reader": Kind(),
}


@dataclass(frozen=True, slots=True)
class Question:
    """``written`` is the query in our language.

    ``words`` are its surfaces, ``stems`` their stems, and ``spelled`` how the words are spelled most often,
    for the engines with an analysis of their own.
    """

    kind: str
    written: str
    spelled: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    speaker: str = ""

    @property
    def asked(self) -> Kind:
        return KINDS[self.kind]


def write_questions(path: Path, questions: Iterable[Question]) -> None:
    rows = [asdict(question) for question in questions]
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def read_questions(path: Path) -> dict[str, list[Question]]:
    """The questions by class, in the order of ``KINDS``."""
    found: dict[str, list[Question]] = {kind: [] for kind in KINDS}
    for row in json.loads(path.read_text(encoding="utf-8")):
        row |= {name: tuple(row[name]) for name in ("spelled", "words", "stems")}
        found[row["kind"]].append(Question(**row))
    return {kind: questions for kind, questions in found.items() if questions}
