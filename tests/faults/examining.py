"""What must hold of an archive whatever happened to it; asked in a process that knows nothing of that."""

import io
import json
from collections import Counter
from collections.abc import Mapping
from contextlib import redirect_stdout
from typing import Any

from django.conf import settings
from django.core.management import call_command

from archive.models import Article, Change, Quotation
from search.engine.schema import INDEXES
from search.face import MAX_LIMIT, consult
from search.indexing import build_index, drain_changes, index_store
from tests.faults.edits import state_of
from tests.faults.made_articles import WORDS, Answers, answers_of_database

_SHOWN = 400


def examine(
    _reports: Any,
    *,
    saved: Mapping[int, str | None] = {},
    rebuilt: bool = False,
) -> list[str]:
    """Everything that is wrong, in words; nothing when all is well.

    ``saved`` are the states of articles whose commit was told: the database must have them. With
    ``rebuilt`` the index is built anew at the end, which must change no answer and leave nothing behind.
    """
    wrong = [
        f"article {key} was saved as {text!r} and is {now!r}"
        for key, text in saved.items()
        if (now := state_of(key)) != text
    ]
    expected = answers_of_database()
    wrong += compare("at the first question", expected)
    drain_changes()
    if Change.objects.exists():
        wrong.append(f"{Change.objects.count()} changes stay queued")
    wrong += compare("after the drain", expected) + _count_documents() + check_index()
    if rebuilt:
        build_index()
        wrong += compare("after the rebuild", expected) + _count_documents() + check_index()
        wrong += _list_generations()
    return [text[:_SHOWN] for text in wrong]


def compare(when: str, expected: Answers) -> list[str]:
    """The words whose answer is not the database's."""
    return [
        f"{when}: {word} finds {kind} {found}, the database has {answer}"
        for kind, words in expected.items()
        for word, answer in words.items()
        if (found := found_by_search(word, kind)) != answer
    ]


def found_by_search(word: str, kind: str) -> list[int]:
    """The primary keys that a reader finds, ascending; one that comes twice is there twice."""
    keys: list[int] = []
    total = None
    while total is None or len(keys) < total:
        results = consult(word, kind=kind, offset=len(keys), limit=MAX_LIMIT)
        total = results.total
        keys += [match.key for match in results.hits]
        if not results.hits:
            break
    return sorted(keys) if len(keys) == total else [*sorted(keys), -total]


def ordered_answers(_reports: Any) -> dict[str, list[list[int]]]:
    """By kind, what every word finds in its order: what two builds of the same archive have in common."""
    return {
        kind: [[match.key for match in consult(word, kind=kind, limit=MAX_LIMIT).hits] for word in WORDS]
        for kind in INDEXES
    }


def database_answers(_reports: Any) -> Answers:
    """The answers that the database itself gives."""
    return answers_of_database()


def unhealed(_reports: Any) -> list[str]:
    """What is still the matter with the files of the index; looked at, not asked."""
    store = index_store()
    wrong = [f"{damage.file}: {damage.what}" for damage in store.check_files()]
    return wrong if wrong or store.is_current() else ["the index is not current"]


def check_index() -> list[str]:
    """What ``manage.py check_index`` has to say against the index."""
    said = io.StringIO()
    try:
        with redirect_stdout(said):
            call_command("check_index", "--json", stdout=said)
        status = 0
    except SystemExit as end:
        status = int(end.code or 0)
    report = json.loads(said.getvalue())
    return [] if status == 0 and report["clean"] else [f"check_index ends with {status}: {report}"]


def _count_documents() -> list[str]:
    """The documents that are not there once, or should not be there."""
    wrong = []
    shown = {"articles": Article.objects.published(), "quotations": Quotation.objects.published().outermost()}
    for kind in INDEXES:
        snapshot = index_store().snapshot(kind)
        held = Counter(snapshot.primary_keys[snapshot.live].tolist())
        expected = Counter(shown[kind].order_by().values_list("pk", flat=True))
        if held != expected:
            wrong.append(f"{kind}: too many {held - expected}, missing {expected - held}")
    return wrong


def _list_generations() -> list[str]:
    current = index_store().generation()
    names = sorted(path.name for path in settings.INDEX_DIR.glob("generation-*"))
    return [] if names == [current] else [f"beside generation {current} stand {names}"]
