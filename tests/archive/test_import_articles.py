"""``manage.py import_articles``: the five seeds as they must come in, and every kind of bad input."""

import codecs
import io
import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError, transaction
from django.test import override_settings

from archive.arabic.normalize import match_key
from archive.corrections import correct_fields
from archive.management.commands import import_articles as command
from archive.models import Article, Change, ImportedFile, ImportRun, Original, Quotation, Source, Speaker

SEEDS = settings.FIXTURES_DIR / "seeds"
TEXT = "قال وزير الخارجية الأميركي أنتوني بلينكن، اليوم الاثنين، إن التحالف الدولي سيواصل عمله في روما.\n"


@pytest.fixture(autouse=True)
def no_search(settings):
    settings.ARCHIVE_AFTER_CHANGE = ""


def run(*paths, **options):
    """Run the command; returns its exit status, what it printed, and its complaints."""
    out, err, status = io.StringIO(), io.StringIO(), 0
    try:
        call_command("import_articles", *paths, stdout=out, stderr=err, **options)
    except SystemExit as stop:
        status = stop.code
    return status, out.getvalue(), err.getvalue()


@pytest.fixture(scope="class")
def imported(django_db_setup, django_db_blocker):
    """Reference data and seeds, once for all tests of a class; each of them leaves no trace."""
    with django_db_blocker.unblock(), override_settings(ARCHIVE_AFTER_CHANGE=""), transaction.atomic():
        call_command("load_reference", stdout=io.StringIO())
        status, printed, complaints = run(SEEDS)
        assert (status, complaints) == (0, ""), printed
        yield
        transaction.set_rollback(True)


@pytest.fixture
def seeds(imported, db):
    """The articles of the seeds by the number in their file's name."""
    return {Path(row.path).name[:3]: row.article for row in ImportedFile.objects.select_related("article")}


class TestSeeds:
    def test_each_file_is_kept_byte_for_byte(self, seeds):
        kept = {bytes(original.content) for original in Original.objects.all()}
        assert kept == {path.read_bytes() for path in SEEDS.glob("*.txt")}

    @pytest.mark.parametrize(
        ("number", "headline"),
        [
            ("000", None),
            ("001", None),
            ("002", "بلينكن: مهمتنا في قتال «داعش» لم تكتمل بعد"),
            ("003", None),
            ("004", "وزراء خارجية التحالف الدولي من مؤتمر روما: سنواصل محاربة تنظيم داعش ولن نسمح بتمدده"),
        ],
    )
    def test_headlines(self, seeds, number, headline):
        article = seeds[number]
        if headline is None:
            assert article.headline is None
            assert (article.title_basis, article.origins.get(field="title").origin) == ("derived", "inferred")
            assert article.title.strip("…") in " ".join(article.text.split())
        else:
            assert article.headline == article.title == headline
            assert article.title_basis in {"explicit", "repeated"}

    @pytest.mark.parametrize(
        ("number", "day", "origin"),
        [
            ("000", date(2021, 6, 28), "inferred"),
            ("001", date(2021, 6, 28), "file"),
            ("002", date(2021, 3, 24), "inferred"),
            ("003", date(2017, 3, 22), "inferred"),
            ("004", date(2021, 6, 28), "inferred"),
        ],
    )
    def test_dates_with_their_basis(self, seeds, number, day, origin):
        article = seeds[number]
        fact = article.origins.get(field="published_on")
        assert (article.published_on, fact.origin) == (day, origin)
        assert article.date_basis == fact.basis
        assert (fact.basis in {"explicit", "furniture"}) == (origin == "file")
        assert fact.evidence

    def test_outlets(self, seeds):
        named = {number: article.source.name_key for number, article in seeds.items() if article.source}
        assert named == {"001": match_key("بوابة اوكرانيا"), "003": match_key("إيلاف")}
        assert not Source.objects.filter(needs_review=True).exists()

    def test_meetings(self, seeds):
        cities = {
            number: (article.meeting.city_en, article.meeting.starts_on.year)
            for number, article in seeds.items()
            if article.meeting
        }
        rome = ("Rome", 2021)
        assert cities == {"000": rome, "001": rome, "003": ("Washington", 2017), "004": rome}

    @pytest.mark.parametrize(
        ("number", "words"),
        [
            ("002", "لم تشترك بعد"),
            ("002", "انشئ حساباً خاصاً بك"),
            ("004", "زر الذهاب إلى الأعلى"),
            ("004", "اخبار العالمسلايد رئيسي"),
            ("004", "مقالات ذات صلة"),
            ("003", "&"),
        ],
    )
    def test_furniture_is_out_of_body_and_quotations_and_still_in_the_original(self, seeds, number, words):
        article = seeds[number]
        original = bytes(article.revisions.get().original.content).decode()
        assert words in original
        assert words not in article.body_text
        assert not any(words in row.text for row in article.quotations.all())
        assert any(words in article.text[span["start"] : span["end"]] for span in article.furniture)

    def test_every_quotation_is_a_slice_outside_the_furniture(self, seeds):
        rows = list(Quotation.objects.select_related("article"))
        assert len(rows) > 60
        for row in rows:
            assert row.text == row.article.text[row.start : row.end]
            for span in row.article.furniture:
                assert row.end <= span["start"] or span["end"] <= row.start

    def test_the_ministers_speak_in_their_articles(self, seeds):
        def articles_of(key):
            speaker = Speaker.objects.get(key=key)
            return {number for number, article in seeds.items() if article.quotations.filter(speaker=speaker)}

        assert articles_of("blinken") >= {"000", "001", "002", "004"}
        assert "003" not in articles_of("blinken")
        assert articles_of("tillerson") == {"003"}
        assert articles_of("shoukry") == {"004"}

    def test_offices_are_those_of_the_day(self, seeds):
        for row in Quotation.objects.exclude(term=None).select_related("term", "article"):
            assert row.term.speaker_id == row.speaker_id
            assert type(row.term).objects.held_on(row.article.published_on).filter(pk=row.term.pk).exists()

    def test_countries(self, seeds):
        about = {number for number, article in seeds.items() if article in Article.objects.about("TR")}
        assert about >= {"000", "004"}
        assert "002" not in about

    def test_a_second_import_changes_nothing_and_says_so(self, seeds):
        changes, stamps = Change.objects.count(), set(Article.objects.values_list("pk", "updated_at"))
        status, printed, _complaints = run(SEEDS)
        assert status == 0
        assert "nothing in the archive changed" in printed
        assert "لم يتغير شيء في الأرشيف" in printed
        assert Change.objects.count() == changes
        assert set(Article.objects.values_list("pk", "updated_at")) == stamps
        assert ImportRun.objects.count() == 1

    def test_a_corrected_headline_survives_a_second_import_and_a_new_revision(self, seeds, tmp_path):
        folder = tmp_path / "seeds"
        shutil.copytree(SEEDS, folder)
        path = next(folder.glob("004*"))
        path.chmod(0o644)
        article = seeds["004"]
        correct_fields(article=article, values={"headline": "عنوان المحرر"})
        run(SEEDS)
        article.refresh_from_db()
        assert article.headline == article.title == "عنوان المحرر"
        article.revisions.update(path=str(path))
        path.write_bytes(path.read_bytes() + "\nخاتمة جديدة أضافها الموقع لاحقا.\n".encode())
        _status, printed, _complaints = run(path)
        assert "1 new revision" in printed
        article.refresh_from_db()
        assert article.headline == article.title == "عنوان المحرر"
        assert article.text.endswith("لاحقا.\n")
        assert article.revisions.count() == 2

    def test_the_table_and_the_report(self, seeds):
        report = seeds["004"].imports.get().report
        assert {line["reason"] for line in report["furniture"]} >= {"nav", "repeat", "related"}
        assert {fact["field"] for fact in report["fields"]} >= {"title", "published_on", "source", "meeting"}
        _status, printed, _complaints = run(SEEDS)
        [line] = [line for line in printed.splitlines() if "003_" in line]
        for words in ("2017-03-22", "إيلاف", "unchanged"):
            assert words in line


def write(path, content):
    path.write_bytes(content)


def big(path):
    with path.open("wb") as file:
        file.truncate(50 * 2**20)


@pytest.mark.django_db
class TestBadInput:
    """Each: exit 1, a sentence with the file's name in both languages, no traceback, the good one kept."""

    @pytest.mark.parametrize(
        ("make", "english"),
        [
            (lambda path: None, "no file or folder"),
            (lambda path: write(path, b""), "is empty"),
            (lambda path: write(path, b" \n\n"), "holds no words"),
            (lambda path: write(path, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8), "binary"),
            (lambda path: write(path, TEXT.encode() + b"\xff\xfe"), "not UTF-8"),
            (lambda path: write(path, TEXT.encode() + b"\0"), "NUL byte"),
            (lambda path: write(path, TEXT.encode("utf-16")[:-1]), "damaged at byte"),
            (big, "larger than 2 MB"),
            (lambda path: path.mkdir(), "is a folder"),
            (lambda path: path.symlink_to("nowhere"), "link to a file that does not exist"),
            (os.mkfifo, "not an ordinary file"),
        ],
    )
    def test_a_bad_file_is_one_plain_sentence(self, tmp_path, make, english):
        bad, good = tmp_path / "bad.txt", tmp_path / "good.txt"
        make(bad)
        good.write_text(TEXT)
        status, printed, complaints = run(bad, good)
        assert status == 1
        sentences = [line for line in complaints.splitlines() if "bad.txt" in line]
        assert len(sentences) == 2
        assert english in sentences[1]
        assert "Traceback" not in complaints
        assert "1 new article; 1 file failed." in printed
        assert Article.objects.get().text == TEXT

    def test_a_file_without_permission(self, tmp_path, monkeypatch):
        def refuse(*arguments, **options):
            raise PermissionError(13, "Permission denied")

        (tmp_path / "secret.txt").write_text(TEXT)
        monkeypatch.setattr(Path, "open", refuse)
        status, _printed, complaints = run(tmp_path)
        assert status == 1
        assert "secret.txt” cannot be read" in complaints

    def test_a_folder_without_articles(self, tmp_path):
        status, _printed, complaints = run(tmp_path)
        assert status == 1
        assert "holds no .txt files" in complaints

    def test_a_folder_inside_itself_by_a_link_is_imported_once(self, tmp_path):
        (tmp_path / "a.txt").write_text(TEXT)
        (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
        status, printed, _complaints = run(tmp_path)
        assert status == 0
        assert "1 new article." in printed

    @pytest.mark.parametrize(
        ("content", "encoding"),
        [
            (TEXT.encode("utf-16"), "utf-16-le"),
            (TEXT.encode("utf-16-be"), "utf-16-be"),
            (TEXT.encode("cp1256"), "windows-1256"),
            (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        ],
    )
    def test_other_encodings_give_the_same_text(self, tmp_path, content, encoding):
        write(tmp_path / "a.txt", content)
        assert run(tmp_path)[0] == 0
        article = Article.objects.get()
        assert article.text == TEXT
        revision = article.revisions.get()
        assert revision.encoding == encoding
        assert bytes(revision.original.content) == content

    def test_a_name_that_is_not_utf8(self, tmp_path):
        name = os.fsdecode(b"caf\xe9.txt")
        (tmp_path / name).write_text(TEXT)
        assert run(tmp_path)[0] == 0
        assert ImportedFile.objects.get().path.endswith("caf\\xe9.txt")


@pytest.mark.django_db
class TestCommand:
    def test_a_trial_writes_nothing_and_says_so(self, tmp_path):
        (tmp_path / "a.txt").write_text(TEXT)
        status, printed, _complaints = run(tmp_path, dry_run=True)
        assert status == 0
        assert "1 new article." in printed
        assert "A trial: nothing was written." in printed
        assert not Article.objects.exists()
        assert not Change.objects.exists()
        assert not ImportRun.objects.exists()

    def test_what_was_passed_over_is_counted(self, tmp_path):
        for name in ("a.txt", ".a.txt.swp", "notes.md"):
            (tmp_path / name).write_text(TEXT)
        _status, printed, _complaints = run(tmp_path)
        assert "Passed over in folders: 1 hidden; 1 not .txt." in printed

    def test_without_reference_data_it_says_what_to_do(self, tmp_path):
        (tmp_path / "a.txt").write_text(TEXT)
        assert "manage.py load_reference" in run(tmp_path)[2]

    def test_no_progress_bar_where_there_is_no_terminal(self, tmp_path, capfd):
        (tmp_path / "a.txt").write_text(TEXT)
        run(tmp_path)
        assert "file/s" not in capfd.readouterr().err

    def test_an_unusable_database_is_one_sentence(self, tmp_path, monkeypatch):
        def fail(**options):
            raise OperationalError("no such table: archive_article")

        monkeypatch.setattr(command, "import_files", fail)
        with pytest.raises(CommandError, match="migrate first"):
            run(tmp_path)

    def test_an_interruption_is_one_sentence(self, tmp_path, monkeypatch):
        def interrupt(**options):
            raise KeyboardInterrupt

        monkeypatch.setattr(command, "import_files", interrupt)
        with pytest.raises(CommandError, match="Interrupted") as caught:
            run(tmp_path)
        assert caught.value.returncode == 130


def test_an_empty_path_is_not_the_current_folder(db):
    with pytest.raises(CommandError, match="empty path"):
        call_command("import_articles", "")
    assert not Article.objects.exists()
