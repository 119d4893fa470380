"""``manage.py evaluate_extraction``: where it finds readings and texts, what it prints and tells."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError, transaction

from archive.management.commands import evaluate_extraction as command

NAME = "one.txt"
TEXT = 'قال وزير الخارجية الأميركي جون كيري: "سنبقى هنا طويلا". وأضاف كيري: "لن نرحل غدا أبدا".\n'


def quote(words: str, speaker: str = "kerry") -> dict[str, Any]:
    start = TEXT.index(words)
    who = {"id": speaker, "name_ar": None, "resolution": "named"}
    return {"kind": "direct", "text": words, "start": start, "end": start + len(words), "speaker": who}


SPEAKERS = [
    {"id": "kerry", "name_ar": "جون كيري", "type": "person", "mentions": ["كيري"]},
    {"id": "other", "name_ar": "مايك بومبيو", "type": "person", "mentions": []},
]
READING = {"quotes": [quote("سنبقى هنا طويلا"), quote("لن نرحل غدا أبدا")]}
PHENOMENON = {"id": "P01", "text": TEXT, "quotes": [], "countries": ["US"]}


def write(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A folder with one reading, its speakers and its text."""
    folder = tmp_path / "collection" / "gold"
    write(folder / f"{NAME}.json", READING)
    write(folder / "speakers.json", SPEAKERS)
    write(folder / NAME, TEXT)
    return folder


@pytest.fixture(scope="class")
def reference(django_db_setup, django_db_blocker):
    """The reference data, once for all tests of a class."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference", stdout=io.StringIO())
        yield
        transaction.set_rollback(True)


def run(*arguments: str | Path) -> tuple[int, str, str]:
    """Run the command; returns its exit status, what it printed, and its complaints."""
    out, err, status = io.StringIO(), io.StringIO(), 0
    try:
        call_command("evaluate_extraction", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as stop:
        status = int(str(stop.code))
    return status, out.getvalue(), err.getvalue()


def report_of(*arguments: str | Path) -> dict[str, Any]:
    status, printed, complaints = run(*arguments, "--json")
    assert (status, complaints) == (0, "")
    return json.loads(printed)


@pytest.mark.usefixtures("reference")
@pytest.mark.django_db
class TestMeasuring:
    def test_json_is_one_object_with_these_keys(self, gold: Path) -> None:
        report = report_of(gold)
        assert list(report) == ["articles", "scores", "speakers", "by", "confidence", "phenomena"]
        assert report["articles"] == 1
        assert report["scores"]["direct_speaker"] == {
            "precision": 1.0, "recall": 1.0, "f1": 1.0, "hits": 2, "extra": 0, "missed": 0,
        }  # fmt: skip
        assert report["speakers"]["wrong"] == 0
        assert report["phenomena"] == {"cases": 0, "right": 0, "failed": {}}

    def test_a_wrong_name_is_counted_and_listed(self, gold: Path) -> None:
        write(
            gold / f"{NAME}.json",
            {"quotes": [quote("سنبقى هنا طويلا", "other"), quote("لن نرحل غدا أبدا")]},
        )
        report = report_of(gold, "--errors")
        assert report["speakers"]["wrong_of_found"] == 0.5
        (error,) = report["errors"]
        assert (error["file"], error["kind"]) == (NAME, "direct wrong speaker")
        assert "كيري" in error["printed"]
        printed = run(gold, "--errors")[1]
        for words in ("direct strict", "wrong speaker: 1 of 2", "direct wrong speaker", "سنبقى هنا طويلا"):
            assert words in printed

    def test_without_people_only_persons_are_left_out(
        self, gold: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        known = []
        extract = command.extract

        def note(text: str, knowledge: Any) -> Any:
            known.append({person.kind for person in knowledge.people})
            return extract(text, knowledge)

        monkeypatch.setattr(command, "extract", note)
        run(gold)
        run(gold, "--without-people")
        assert known[0] - known[1] == {"person"}
        assert known[1]

    @pytest.mark.parametrize(
        "place", ["beside", "texts", "in the reading", "--texts", "seeds beside", "seeds above", "fixtures"]
    )
    def test_texts_are_found(
        self, gold: Path, place: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        arguments = []
        if place != "beside":
            (gold / NAME).unlink()
        if place == "texts":
            write(gold / "texts" / NAME, TEXT)
        elif place == "in the reading":
            write(gold / f"{NAME}.json", {**READING, "text": TEXT})
        elif place == "--texts":
            write(tmp_path / "elsewhere" / NAME, TEXT)
            arguments = ["--texts", tmp_path / "elsewhere"]
        elif place == "seeds beside":
            write(gold.parent / "seeds" / NAME, TEXT)
        elif place == "seeds above":
            write(gold.parent.parent / "seeds" / NAME, TEXT)
        elif place == "fixtures":
            monkeypatch.setattr(settings, "FIXTURES_DIR", tmp_path / "fixtures")
            write(tmp_path / "fixtures" / "seeds" / NAME, TEXT)
        assert report_of(gold, *arguments)["scores"]["direct"]["hits"] == 2

    @pytest.mark.parametrize(
        ("reading", "content"),
        [
            ("one.json", READING),
            ("reading-1.json", READING | {"file": {"name": NAME}}),
        ],
        ids=["named without .txt", "named in the reading"],
    )
    def test_a_reading_may_name_its_text_otherwise(
        self, gold: Path, reading: str, content: dict[str, Any]
    ) -> None:
        (gold / f"{NAME}.json").unlink()
        write(gold / reading, content)
        assert report_of(gold)["scores"]["direct_speaker"]["hits"] == 2

    def test_the_list_of_speakers_may_stand_above_the_readings(self, gold: Path) -> None:
        for name in (NAME, f"{NAME}.json"):
            write(gold / "below" / name, (gold / name).read_text(encoding="utf-8"))
            (gold / name).unlink()
        assert report_of(gold)["scores"]["direct_speaker"]["hits"] == 2

    def test_nothing_is_scored_where_nothing_could_be_read(self, gold: Path) -> None:
        (gold / NAME).unlink()
        status, printed, complaints = run(gold)
        assert (status, printed) == (1, "")
        assert NAME in complaints

    def test_folders_below_have_speakers_of_their_own(self, gold: Path) -> None:
        below = gold / "more"
        write(below / f"{NAME}.json", {"quotes": [quote("سنبقى هنا طويلا")]})
        write(below / "speakers.json", [{**SPEAKERS[0], "name_ar": "مايك بومبيو", "mentions": []}])
        write(below / NAME, TEXT)
        report = report_of(gold)
        assert report["articles"] == 2
        assert report["speakers"]["wrong"] == 1

    @pytest.mark.parametrize("above", [False, True])
    def test_phenomena_stand_in_the_folder_or_above_it(self, gold: Path, above: bool) -> None:
        place = gold.parent if above else gold
        write(place / "phenomena.json", [PHENOMENON, {**PHENOMENON, "id": "P02", "countries": ["FR"]}])
        assert report_of(gold)["phenomena"] == {"cases": 2, "right": 1, "failed": {"P02": ["no FR"]}}
        printed = run(gold, "--errors")[1]
        assert "phenomena 1 of 2 P02" in printed
        assert "P02: no FR" in printed

    def test_other_json_is_passed_over(self, gold: Path) -> None:
        write(gold / "notes.json", {"written": "2026"})
        write(gold / "list.json", [])
        assert report_of(gold)["articles"] == 1


@pytest.mark.django_db
class TestBadInput:
    @pytest.mark.parametrize(
        ("content", "words"),
        [
            ("{", "not JSON"),
            ({"quotes": {}}, "“quotes” is missing"),
            ({"quotes": [{"start": 0}]}, "“quotes” is missing"),
            ({"quotes": [{"start": 0, "end": 1}]}, "“kind” is missing"),
            ({"quotes": [], "sections": ["x"]}, "“sections” is missing"),
            ({"quotes": []}, "The text of the reading"),
        ],
    )
    def test_a_bad_reading_is_told_in_both_languages_and_the_others_go_on(
        self, gold: Path, content: Any, words: str
    ) -> None:
        write(gold / "bad.txt.json", content)
        status, printed, complaints = run(gold, "--json")
        assert status == 1
        assert json.loads(printed)["articles"] == 1
        arabic, english = [line for line in complaints.splitlines() if "bad.txt.json" in line]
        assert words in english
        assert words not in arabic

    def test_a_bad_text_is_told_with_its_name(self, gold: Path) -> None:
        (gold / NAME).write_bytes(b"\xff\xff\xff")
        status, _printed, complaints = run(gold, "--json")
        assert status == 1
        assert sum(NAME in line for line in complaints.splitlines()) == 2

    def test_a_reading_of_another_text_is_told_and_measured(self, gold: Path) -> None:
        write(gold / NAME, "كلام " + TEXT)
        status, printed, complaints = run(gold, "--json")
        assert status == 1
        assert "does not fit its text" in complaints
        assert json.loads(printed)["articles"] == 1

    def test_bad_speakers_and_phenomena_are_told(self, gold: Path) -> None:
        write(gold / "speakers.json", [{"id": "kerry"}])
        write(gold / "phenomena.json", {"id": "P01"})
        status, _printed, complaints = run(gold)
        assert status == 1
        assert "speakers.json" in complaints
        assert "phenomena.json" in complaints

    @pytest.mark.parametrize("name", ["nowhere", "empty"])
    def test_a_folder_without_readings_is_an_error(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "empty").mkdir()
        with pytest.raises(CommandError, match=name):
            run(tmp_path / name)

    def test_an_unusable_database_is_one_sentence(self, gold: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail() -> None:
            raise OperationalError("no such table: archive_speaker")

        monkeypatch.setattr(command, "load_knowledge", fail)
        with pytest.raises(CommandError, match="migrate first"):
            run(gold)

    def test_without_reference_data_it_says_so(self, gold: Path) -> None:
        assert "load_reference" in run(gold)[2]
