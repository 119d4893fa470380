"""An archive of the five seeds with an index of its own, built once a module and copied for each test."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from archive.models import Article, Quotation
from search import database_search, indexing, latest
from search.database_search import forget_database
from search.face import Answer, Filters, search
from search.indexing import build_index, drain_changes

SEEDS = Path(settings.BASE_DIR) / "fixtures" / "seeds"


def article_of(text: str, **values: Any) -> Article:
    """An article whose body is the paragraphs of ``text``, a line each, saved."""
    body, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            body.append({"start": start, "end": start + len(line)})
        start += len(line) + 1
    values.setdefault("title", "عنوان")
    if values.get("published_on"):
        values.setdefault("date_basis", Article.DateBasis.EXPLICIT)
    return Article.objects.create(text=text, text_sha256="0" * 64, body=body, **values)


def quotation_of(article: Article, words: str, **values: Any) -> Quotation:
    """A quotation of ``words``, which stand in the article's text, saved."""
    start = article.text.index(words)
    values.setdefault("kind", Quotation.Kind.DIRECT)
    return Quotation.objects.create(article=article, start=start, end=start + len(words), **values)


@dataclass
class SeedArchive:
    """The seeds by their three-digit numbers."""

    articles: dict[str, Article] = field(default_factory=dict)

    def numbers(self, answer: Answer) -> list[str]:
        """The seeds among the hits, in their order."""
        names = {article.pk: number for number, article in self.articles.items()}
        return [names[hit.id] for hit in answer.hits]

    def found(self, query: str, **filters: Any) -> set[str]:
        """The seeds that a query finds."""
        return set(self.numbers(search(query, filters=Filters(**filters))))


@pytest.fixture
def index_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index folder of the test's own; it does not exist yet."""
    folder = tmp_path / "index"
    monkeypatch.setitem(settings.HAYSTACK_CONNECTIONS["default"], "PATH", str(folder))
    return folder


@pytest.fixture
def empty_index(db: None, index_folder: Path) -> Path:
    """A usable index of an archive without articles."""
    build_index()
    return index_folder


@pytest.fixture(scope="module")
def imported_seeds(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[SeedArchive, Path]]:
    """Reference data and seeds in a transaction around the module's tests, and their index."""
    folder = tmp_path_factory.mktemp("seeds") / "index"
    with (
        pytest.MonkeyPatch.context() as patch,
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        patch.setitem(settings.HAYSTACK_CONNECTIONS["default"], "PATH", str(folder))
        call_command("load_reference", verbosity=0)
        call_command("import_articles", str(SEEDS), verbosity=0)
        drain_changes()
        archive = SeedArchive(
            {
                Path(revision.path).name[:3]: article
                for article in Article.objects.prefetch_related("revisions")
                for revision in article.revisions.all()
            }
        )
        yield archive, folder
        transaction.set_rollback(True)


@pytest.fixture
def seeds(imported_seeds: tuple[SeedArchive, Path], db: None, index_folder: Path) -> SeedArchive:
    """The archive of the seeds; what a test changes in it is gone after the test."""
    archive, folder = imported_seeds
    shutil.copytree(folder, index_folder)
    return archive


@pytest.fixture
def rebuilds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The reasons for which a search starts a rebuild; none is made, not by the queue either."""
    reasons: list[str] = []

    def started(reason: str) -> bool:
        reasons.append(reason)
        return False

    monkeypatch.setattr(latest, "start_rebuild", started)
    monkeypatch.setattr(indexing, "start_rebuild", lambda _reason: False)
    return reasons


@pytest.fixture
def lose_index(
    index_folder: Path, rebuilds: list[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[[], None]:
    """Puts the index out of reach when it is called; none is built in its stead."""
    lost = str(index_folder / "lost")
    return lambda: monkeypatch.setitem(settings.HAYSTACK_CONNECTIONS["default"], "PATH", lost)


@pytest.fixture
def committed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is read in the index's stead is kept: as on a server, no transaction seems to be open."""
    outside = SimpleNamespace(in_atomic_block=False, settings_dict=connection.settings_dict)
    monkeypatch.setattr(database_search, "connection", outside)
    forget_database()
    yield
    forget_database()
