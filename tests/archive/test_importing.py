"""A run over many files: which it finds, what it records, whom it tells, what it leaves alone."""

from pathlib import Path

import pytest
from django.db import OperationalError

from archive.extraction.knowledge import Knowledge
from archive.importing import loader, runs
from archive.importing.problems import MESSAGES, FileError, describe, in_both
from archive.importing.runs import import_files
from archive.importing.table import LEFT_TO_RIGHT_MARK, columns_of, fitted, table_lines, total_lines
from archive.models import Article, Change, ImportedFile, ImportRun, Original, Source
from tests.archive import small_extraction

TEXT = "قال جون سميث: «التحالف مستمر في عمله حتى النهاية»\n"
announced = []


def listen():
    announced.append(Change.objects.count())


@pytest.fixture
def folder(tmp_path):
    """A folder with three articles on two levels, and what is to be passed over."""
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.TXT", "sub/c.txt"):
        (tmp_path / name).write_text(f"{TEXT}{name}\n")
    for name in (".hidden.txt", "notes.md", "sub/image.png"):
        (tmp_path / name).write_text("x")
    return tmp_path


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(loader, "extract", small_extraction.extract)
    monkeypatch.setattr(runs, "load_knowledge", Knowledge)


class TestProblems:
    @pytest.mark.parametrize("code", MESSAGES)
    def test_every_problem_has_a_sentence_in_both_languages(self, code):
        details = {"limit": 8, "position": 3, "error": "disk full"}
        arabic, english = in_both(FileError(code, "some/file.txt", **details))
        assert "some/file.txt" in arabic
        assert "some/file.txt" in english
        assert english.isascii() or "“" in english
        assert "%" not in arabic + english

    def test_details_that_lack_do_not_break_a_sentence(self):
        assert "?" in describe("too_large", {})
        assert describe("of_another_version", {}) == "of_another_version"


@pytest.mark.django_db
class TestRuns:
    @pytest.fixture(autouse=True)
    def use_the_small_extraction(self, small):
        pass

    def test_every_file_is_imported_and_recorded_with_its_report(self, folder):
        result = import_files(paths=[folder])
        assert [file.status for file in result.files] == ["created"] * 3
        run = ImportRun.objects.get()
        assert run.finished_at >= run.started_at
        assert run.paths == [str(folder)]
        rows = list(run.files.all())
        assert [Path(row.path).name for row in rows] == ["a.TXT", "b.txt", "c.txt"]
        assert all(row.report["fields"] and row.sha256 and row.size for row in rows)
        assert [row.article.pk for row in rows] == [file.article for file in result.files]

    def test_a_bad_file_does_not_keep_the_others_out(self, folder):
        (folder / "aa.txt").write_bytes(b"\xff\xfe\xff")
        result = import_files(paths=[folder, folder / "nowhere"])
        assert result.count("failed") == 2
        assert Article.objects.count() == 3
        failed = ImportedFile.objects.filter(status="failed")
        assert set(failed.values_list("code", flat=True)) == {"bad_utf16", "missing"}
        assert all(describe(row.code, row.details).count(row.details["name"]) for row in failed)

    def test_a_fault_of_ours_is_a_problem_of_that_file_alone(self, folder, monkeypatch):
        def extract(text, knowledge):
            if "b.txt" in text:
                raise RecursionError("too deep")
            return small_extraction.extract(text)

        monkeypatch.setattr(loader, "extract", extract)
        result = import_files(paths=[folder])
        assert [file.status for file in result.files] == ["created", "failed", "created"]
        assert "too deep" in str(result.files[1].problem)
        assert ImportedFile.objects.get(status="failed").code == "not_stored"

    def test_a_new_speaker_of_a_file_that_failed_is_not_remembered(self, folder, monkeypatch):
        record = loader._add_revision
        calls = []

        def fail_once(*arguments):
            calls.append(arguments)
            if len(calls) == 1:
                raise RuntimeError("disk on fire")
            record(*arguments)

        monkeypatch.setattr(loader, "_add_revision", fail_once)
        result = import_files(paths=[folder])
        assert [file.status for file in result.files] == ["failed", "created", "created"]
        assert all(row.speaker.name_ar == "جون سميث" for row in Article.objects.last().quotations.all())

    def test_a_second_run_changes_nothing_and_leaves_no_record(self, folder):
        import_files(paths=[folder])
        changes, stamps = Change.objects.count(), set(Article.objects.values_list("pk", "updated_at"))
        result = import_files(paths=[folder])
        assert result.changed_nothing
        assert result.count("unchanged") == 3
        assert Change.objects.count() == changes
        assert set(Article.objects.values_list("pk", "updated_at")) == stamps
        assert ImportRun.objects.count() == 1
        assert ImportedFile.objects.count() == 3

    def test_a_run_with_something_new_records_every_file(self, folder):
        import_files(paths=[folder])
        (folder / "d.txt").write_text("مقالة جديدة.\n")
        import_files(paths=[folder])
        statuses = ImportRun.objects.first().files.values_list("status", flat=True)
        assert sorted(statuses) == ["created", "unchanged", "unchanged", "unchanged"]

    def test_a_copy_is_recorded_once(self, folder):
        (folder / "copy.txt").write_bytes((folder / "b.txt").read_bytes())
        for _time in range(2):
            assert import_files(paths=[folder]).count("copy") == 1
        assert ImportRun.objects.count() == 1

    def test_a_trial_writes_nothing_and_reports_all(self, folder, settings):
        settings.ARCHIVE_AFTER_CHANGE = f"{__name__}.listen"
        announced.clear()
        (folder / "copy.txt").write_bytes((folder / "b.txt").read_bytes())
        result = import_files(paths=[folder], dry_run=True)
        assert (result.count("created"), result.count("copy")) == (3, 1)
        assert result.files[0].title.startswith("قال جون سميث")
        for model in (Article, Original, Change, ImportRun, ImportedFile, Source):
            assert not model.objects.exists()
        assert announced == []

    def test_a_failing_file_in_a_trial_is_reported_too(self, folder):
        (folder / "aa.txt").write_bytes(b"")
        result = import_files(paths=[folder], dry_run=True)
        assert [file.status for file in result.files] == ["created", "failed", "created", "created"]
        assert not ImportedFile.objects.exists()

    def test_progress_sees_every_file(self, folder):
        seen = []

        def progress(paths):
            for path in paths:
                seen.append(path.name)
                yield path

        import_files(paths=[folder], progress=progress)
        assert seen == ["a.TXT", "b.txt", "c.txt"]

    def test_a_database_that_cannot_be_written_ends_the_run(self, folder, monkeypatch):
        def refuse(*arguments, **options):
            raise OperationalError("attempt to write a readonly database")

        monkeypatch.setattr(ImportRun.objects, "create", refuse)
        monkeypatch.setattr(runs, "store_file", refuse)
        with pytest.raises(OperationalError):
            import_files(paths=[folder])


@pytest.mark.django_db(transaction=True)
def test_search_is_told_once_for_a_whole_run(folder, small, settings):
    settings.ARCHIVE_AFTER_CHANGE = f"{__name__}.listen"
    announced.clear()
    import_files(paths=[folder])
    assert len(announced) == 1
    assert announced[0] > 3


@pytest.mark.django_db(transaction=True)
def test_an_interrupted_run_keeps_the_finished_files_and_tells_search(folder, small, settings):
    settings.ARCHIVE_AFTER_CHANGE = f"{__name__}.listen"
    announced.clear()

    def progress(paths):
        yield paths[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_files(paths=[folder], progress=progress)
    assert Article.objects.count() == 1
    assert len(announced) == 1
    assert ImportRun.objects.get().finished_at is None


class TestTable:
    @pytest.mark.parametrize(
        ("text", "columns"), [("abc", 3), ("بلينكن", 6), ("بَلينكن", 6), ("文", 2), ("\u200e", 0), ("", 0)]
    )
    def test_columns_are_those_of_a_terminal(self, text, columns):
        assert columns_of(text) == columns

    @pytest.mark.parametrize("text", ["", "قصير", "نص أطول من المكان الذي أعطي له"])
    def test_a_cell_takes_exactly_its_space(self, text):
        assert columns_of(fitted(text, 10)) == 10

    @pytest.mark.django_db
    def test_the_table_names_every_file_with_its_facts(self, folder, small):
        (folder / "b.txt").write_text(f"outlet: صحيفة الاختبار\ndate: 2021-06-28\n{TEXT}")
        result = import_files(paths=[folder])
        lines = table_lines(result, marks=False)
        assert [column.strip() for column in lines[0].split("  ") if column] == [
            "file",
            "status",
            "title",
            "date and basis",
            "outlet",
            "meeting",
            "quotations",
            "to review",
        ]
        [line] = [line for line in lines if "b.txt" in line]
        for words in ("new article", "2021-06-28 explicit", "صحيفة الاختبار", "قال جون سميث"):
            assert words in line
        assert LEFT_TO_RIGHT_MARK not in "".join(lines)
        assert LEFT_TO_RIGHT_MARK in table_lines(result, marks=True)[0]

    @pytest.mark.django_db
    def test_the_totals_count_in_both_languages(self, folder, small):
        arabic, *_passed, english, _over = total_lines(import_files(paths=[folder]))
        assert english == "3 new articles."
        assert "3" in arabic
        _arabic, _passed, english, over = total_lines(import_files(paths=[folder]))
        assert english == "3 files unchanged; nothing in the archive changed."
        assert over == "Passed over in folders: 1 hidden; 2 not .txt."
