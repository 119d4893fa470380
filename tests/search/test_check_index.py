"""``manage.py check_index``: what it prints, its exit code, and its repair."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from archive.models import Article, Change
from search import checking
from search.engine.store import IndexBusyError
from search.entries import index_store
from search.management.commands.check_index import CLEAN, DIFFERENT, SHOWN, UNCHECKED
from tests.search.conftest import SeedArchive, article_of


def check(*arguments: str) -> tuple[int, str, str]:
    """The exit code, and what was written to the output and to the error stream."""
    output, errors = io.StringIO(), io.StringIO()
    try:
        call_command("check_index", *arguments, stdout=output, stderr=errors)
    except SystemExit as end:
        return int(str(end.code)), output.getvalue(), errors.getvalue()
    return CLEAN, output.getvalue(), errors.getvalue()


def check_json(*arguments: str) -> tuple[int, dict[str, Any]]:
    code, output, _errors = check("--json", *arguments)
    return code, json.loads(output)


def lost_articles(number: int) -> list[int]:
    """The primary keys of new articles that the queue does not know of."""
    articles = [article_of("كلمة", title=f"مادة {each}") for each in range(number)]
    Change.objects.all().delete()
    return [article.pk for article in articles]


def test_seeds_are_clean(seeds: SeedArchive) -> None:
    code, report = check_json()
    assert code == CLEAN
    assert report["clean"] is True
    assert report["articles"] == {"checked": 5, "missing": [], "stale": [], "extra": [], "queued": []}
    assert report["quotations"]["checked"] > 30
    assert report["files"] == []
    assert report["queue"] == {"length": 0, "oldest_seconds": 0}
    assert report["generation"] == index_store().generation()
    assert report["bytes"] > 10_000
    assert report["last_error"] is None


def test_text_is_in_both_languages(seeds: SeedArchive) -> None:
    code, output, _errors = check()
    assert code == CLEAN
    assert "articles: checked=5 missing=0 stale=0 extra=0 queued=0" in output
    assert "The index says what the database says" in output
    assert "الفهرس مطابق لقاعدة البيانات" in output


def test_what_differs_is_listed_and_the_exit_code_says_so(seeds: SeedArchive) -> None:
    [lost] = lost_articles(1)
    code, output, _errors = check()
    assert code == DIFFERENT
    assert f"  missing: {lost}\n" in output
    assert "1 entry of the index differs from the database." in output


def test_text_shows_the_first_and_a_count_and_json_all(seeds: SeedArchive) -> None:
    lost = lost_articles(SHOWN + 3)
    _code, output, _errors = check()
    assert f", {lost[SHOWN - 1]} … (+3)\n" in output
    assert str(lost[SHOWN]) not in output.split("missing:")[1].split("\n")[0].replace(",", " ").split()
    assert check_json()[1]["articles"]["missing"] == lost


def test_queued_changes_are_told_and_are_no_fault(seeds: SeedArchive) -> None:
    article = article_of("كلمة")
    code, report = check_json()
    assert code == CLEAN
    assert report["articles"]["queued"] == [article.pk]
    assert report["queue"]["length"] > 0
    assert "1 change waits to be indexed." in check()[1]


def test_repair_mends_and_tells_the_state_afterwards(seeds: SeedArchive) -> None:
    lost_articles(2)
    code, report = check_json("--repair")
    assert code == CLEAN
    assert report["articles"] == {"checked": 7, "missing": [], "stale": [], "extra": [], "queued": []}


def test_repair_drains_the_queue(seeds: SeedArchive) -> None:
    article_of("كلمة")
    assert check_json("--repair")[1]["queue"]["length"] == 0
    assert not Change.objects.exists()


def test_repair_of_a_clean_index_writes_nothing(seeds: SeedArchive) -> None:
    before = index_store().snapshot()
    assert check("--repair")[0] == CLEAN
    assert index_store().snapshot() is before


def test_missing_index_cannot_be_checked(index_folder: Path, db: None) -> None:
    code, report = check_json()
    assert code == UNCHECKED
    assert report["clean"] is False
    assert report["unusable"]
    assert "unusable: " in check()[1]


def test_missing_index_is_built_by_the_repair(index_folder: Path, db: None) -> None:
    lost_articles(1)
    code, report = check_json("--repair")
    assert code == CLEAN
    assert report["unusable"] is None
    assert report["articles"]["missing"] == []


def test_damaged_file_is_named_and_mended(seeds: SeedArchive) -> None:
    [path] = (index_store().folder / index_store().generation() / "articles").glob("*.seg")
    path.write_bytes(path.read_bytes()[:-1])
    code, report = check_json()
    assert code in (DIFFERENT, UNCHECKED)
    assert [Path(file["file"]).name for file in report["files"]] == [path.name]
    assert check_json("--repair")[0] == CLEAN


def test_repair_that_finds_another_at_work_says_so(
    index_folder: Path, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(**_options: Any) -> None:
        raise IndexBusyError

    monkeypatch.setattr(checking, "build_index", busy)
    code, _output, errors = check("--repair")
    assert code == UNCHECKED
    assert "nothing was repaired" in errors


def test_repair_that_the_disk_refuses_says_so(
    index_folder: Path, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(**_options: Any) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(checking, "build_index", refused)
    code, _output, errors = check("--repair")
    assert code == UNCHECKED
    assert "No space left on device" in errors


def test_database_that_fails_cannot_be_checked(seeds: SeedArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: Any) -> None:
        raise OperationalError("no such table")

    monkeypatch.setattr(checking, "entries", fail)
    with pytest.raises(CommandError) as raised:
        check()
    assert raised.value.returncode == UNCHECKED
    assert "no such table" in str(raised.value)


def test_hidden_article_that_is_still_indexed_is_in_excess(seeds: SeedArchive) -> None:
    hidden = seeds.articles["004"]
    said = sorted(hidden.quotations.published().outermost().values_list("pk", flat=True))
    Article.objects.filter(pk=hidden.pk).update(rights="hidden")
    Change.objects.all().delete()
    code, report = check_json()
    assert code == DIFFERENT
    assert report["articles"]["extra"] == [hidden.pk]
    assert report["quotations"]["extra"] == said
