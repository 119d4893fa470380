"""Small archives: what was written to an index, version by version, and where it stands in a snapshot."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import pytest

from search.analysis import AnalysedText, Term, terms
from search.engine import batches
from search.engine.documents import Document, Entry
from search.engine.schema import ARTICLES
from search.engine.snapshot import Snapshot
from search.engine.store import IndexStore

LEAD_WORDS = 40


@dataclass(frozen=True)
class Doc:
    """One version of an article; versions of one article have different primary keys here."""

    body: str
    title: str = ""
    day: date | None = None
    keys: Mapping[str, Sequence[str]] = field(default_factory=dict)
    pk: int = 0
    article: int = 0
    live: bool = True
    segment: int = 0

    @property
    def text(self) -> str:
        return f"{self.title}\n\n{self.body}" if self.title else self.body

    def document(self, article: int) -> Document:
        """What is written to an index."""
        return Document(
            primary_key=self.pk,
            article=article,
            text=AnalysedText.of(self.text),
            title=self.title or None,
            date=self.day,
            keys=self.keys,
        )

    def entry(self, article: int, kind: str = ARTICLES) -> Entry:
        """What is written to the index ``kind``, and nothing to the other one."""
        written = [self.document(article)]
        return Entry(article, written) if kind == ARTICLES else Entry(article, (), written)

    @cached_property
    def words(self) -> list[Term]:
        return list(terms(self.text))

    @cached_property
    def title_words(self) -> list[Term]:
        return list(terms(self.title))

    @cached_property
    def lead(self) -> list[Term]:
        start = len(self.title_words)
        return self.words[start : start + LEAD_WORDS]

    @cached_property
    def trigrams(self) -> Counter[str]:
        return Counter(gram for word in self.words for gram in trigrams(word.surface))

    @cached_property
    def lead_trigrams(self) -> Counter[str]:
        return Counter(gram for word in self.lead for gram in trigrams(word.surface))

    @cached_property
    def pairs(self) -> Counter[tuple[str, str]]:
        return Counter(
            (left.stem, right.stem)
            for left, right in pairwise(self.words)
            if right.position == left.position + 1
        )


class Archive:
    """An index in ``folder`` and what was written to it; with ``merged`` off, every commit is a segment.

    ``articles`` are the primary keys of the articles by their identifiers here.
    """

    def __init__(self, folder: Path, *, merged: bool = True, kind: str = ARTICLES) -> None:
        self.store = IndexStore(folder)
        self.merged = merged
        self.kind = kind
        self.versions: dict[int, Doc] = {}
        self.current: dict[str, int] = {}
        self.articles: dict[str, int] = {}
        with quick_writing():
            self.store.write_anew([])

    @property
    def folder(self) -> Path:
        """Where the files of the index are."""
        return self.store.index_folder(self.kind)

    def snapshot(self) -> Snapshot:
        return self.store.snapshot(self.kind)

    def commit(self, changes: Mapping[str, Doc | None]) -> None:
        """Write the changes of one commit: by identifier a new version, or None for what is deleted."""
        entries = []
        for identifier, doc in changes.items():
            article = self.articles.setdefault(identifier, len(self.articles) + 1)
            self.current.pop(identifier, None)
            if doc is None:
                entries.append(Entry(article))
                continue
            version = replace(doc, pk=len(self.versions) + 1, article=article)
            self.versions[version.pk] = version
            self.current[identifier] = version.pk
            entries.append(version.entry(article, self.kind))
        with quick_writing() as patch:
            if not self.merged:
                patch.setattr(batches, "choose_merges", lambda _segments, _brought: [])
            self.store.write(entries)

    def documents(self, snapshot: Snapshot) -> list[Doc]:
        """What the documents of the snapshot are, deleted ones included, in its order."""
        living = set(self.current.values())
        segments = [
            number
            for number, leaf in enumerate(snapshot.leaves)
            for _document in range(leaf.columns.documents)
        ]
        return [
            replace(self.versions[pk], live=pk in living, segment=segment)
            for pk, segment in zip(snapshot.primary_keys.tolist(), segments, strict=True)
        ]


@contextmanager
def quick_writing() -> Iterator[pytest.MonkeyPatch]:
    """Without waiting for the disk, which no test of what is found needs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.fsync", lambda _descriptor: None)
        yield patch


def archive_of(folder: Path, *commits: Iterable[Doc], kind: str = ARTICLES) -> Archive:
    """An archive of new articles, a segment for each of ``commits``; identifiers are a.1, a.2, …"""
    archive = Archive(folder, merged=False, kind=kind)
    for docs in commits:
        first = len(archive.versions) + 1
        archive.commit({f"a.{number}": doc for number, doc in enumerate(docs, first)})
    return archive


def trigrams(surface: str) -> list[str]:
    return [f"#{surface}#"[place : place + 3] for place in range(len(surface))]
