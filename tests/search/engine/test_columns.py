import logging
from datetime import date
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import Term, forms, terms
from search.engine import building, segments
from search.engine.collocations import GAP
from search.engine.column_files import read_arrays, write_arrays
from search.engine.columns import Columns, Strings
from search.engine.derivation import LEAD_WORDS, strings
from search.engine.schema import ARTICLES
from search.engine.segments import EXTENSION, columns_path
from search.engine.snapshot import forget_snapshot
from search.engine.whoosh_files import write_segment
from tests.search.archives import Archive, Doc, archive_of

TEXTS = st.text(st.sampled_from("روماقةهأا ـًّ٤ab.\n\u200f"), max_size=60) | st.lists(
    st.sampled_from(["روما", "القارة", "القاره", "للقارة", "\n\n"]), max_size=70
).map(" ".join)
DOCS = st.lists(st.builds(Doc, TEXTS, TEXTS.map(str.strip)), min_size=1, max_size=4)


def indexed(folder: str, docs: list[Doc]) -> tuple[Columns, list[Doc]]:
    """The columns of one segment of ``docs``, and these in the order of its documents."""
    archive = archive_of(Path(folder), docs)
    snapshot = archive.snapshot()
    found = snapshot.leaves[0].columns, archive.documents(snapshot)
    forget_snapshot(Path(folder, ARTICLES))
    return found


def numbered(found: Columns, words: list[Term]) -> list[int]:
    """The exact forms' numbers of words, with gaps where a phrase may not reach over."""
    numbers: list[int] = []
    for before, word in zip([None, *words], words, strict=False):
        if before and word.position > before.position + 1:
            numbers.append(int(GAP))
        (number,) = range(*found.exact_forms(word.exact, word.surface, word.stem))
        numbers.append(number)
    return numbers


@given(DOCS)
@settings(max_examples=30, deadline=None)
def test_stream_holds_every_word_in_order_with_the_gaps(docs: list[Doc]) -> None:
    with TemporaryDirectory() as folder:
        found, docs = indexed(folder, docs)
        assert found.documents == len(docs)
        for number, doc in enumerate(docs):
            start, end = found.document_starts[number : number + 2]
            assert found.stream[start:end].tolist() == [*numbered(found, doc.words), int(GAP)]
            assert found.lengths[number] == len(doc.words)


@given(DOCS)
@settings(max_examples=20, deadline=None)
def test_title_and_lead_end_where_the_words_after_them_begin(docs: list[Doc]) -> None:
    with TemporaryDirectory() as folder:
        found, docs = indexed(folder, docs)
        for number, doc in enumerate(docs):
            start, title_end, lead_end, end = (
                int(places[number])
                for places in (
                    found.document_starts,
                    found.title_ends,
                    found.lead_ends,
                    found.document_starts[1:],
                )
            )
            stretches = [
                found.stream[start:title_end],
                found.stream[title_end:lead_end],
                found.stream[lead_end:end],
            ]
            title, lead, rest = ([word for word in each.tolist() if word != GAP] for each in stretches)
            whole = [word for word in numbered(found, doc.words) if word != GAP]
            titles = len(doc.title_words)
            assert title == whole[:titles]
            assert lead == whole[titles : titles + LEAD_WORDS]
            assert rest == whole[titles + LEAD_WORDS :]
            assert (found.title_lengths[number], found.lead_lengths[number]) == (len(title), len(lead))


@given(DOCS)
@settings(max_examples=20, deadline=None)
def test_occurrences_of_a_form_are_its_places_in_every_layer(docs: list[Doc]) -> None:
    with TemporaryDirectory() as folder:
        found, docs = indexed(folder, docs)
        places = {
            (layer, getattr(word, layer)): [] for doc in docs for word in doc.words for layer in Term._fields
        }
        words = {word for doc in docs for word in doc.words}
        by_form = {word.exact: word for word in words}
        for place, number in enumerate(found.stream.tolist()):
            if number != GAP:
                word = by_form[found.exact[number]]
                for layer in ("exact", "surface", "stem"):
                    places[layer, getattr(word, layer)].append(place)
        for word in by_form.values():
            for layer, numbers in (
                ("exact", found.exact_forms(word.exact, word.surface, word.stem)),
                ("surface", found.surface_forms(word.surface, word.stem)),
                ("stem", found.stem_forms(word.stem)),
            ):
                seen = found.occurrences(*numbers)
                assert sorted(seen.tolist()) == places[layer, getattr(word, layer)]
                assert found.occurrence_count(*numbers) == len(seen)


@given(DOCS)
@settings(max_examples=30, deadline=None)
def test_forms_of_a_surface_and_surfaces_of_a_stem_are_neighbours(docs: list[Doc]) -> None:
    with TemporaryDirectory() as folder:
        found, docs = indexed(folder, docs)
        layers = [forms(exact) for exact in found.exact]
        for place in (1, 2):
            runs = [value for value, _each in groupby(each[place] for each in layers)]
            assert len(runs) == len(set(runs))
        assert [found.surfaces[number] for number in found.surface_of] == [each[1] for each in layers]
        assert [found.stems[number] for number in found.stem_of] == [each[2] for each in layers]


def test_word_that_the_segment_lacks_has_no_forms(tmp_path: Path) -> None:
    found, _docs = indexed(str(tmp_path), [Doc("القارة روما")])
    (near,) = terms("القاره")
    (far,) = terms("غائب")
    assert found.exact_forms(near.exact, near.surface, near.stem) == (0, 0)
    assert found.occurrence_count(*found.surface_forms(near.surface, near.stem)) == 1
    assert found.surface_forms(far.surface, far.stem) == found.stem_forms(far.stem) == (0, 0)
    assert len(found.occurrences(0, 0)) == 0


def test_surfaces_are_put_in_the_order_of_their_text(tmp_path: Path) -> None:
    found, _docs = indexed(str(tmp_path), [Doc("متن متون للمتن أمتن Rome a.b روما للقارة")])
    texts = [found.surfaces[int(number)] for number in found.surface_order]
    assert texts == sorted(found.surfaces)


@given(
    st.lists(
        st.text(st.characters(exclude_characters="\n", codec="utf-8"), max_size=5), unique=True, max_size=9
    )
)
def test_strings_are_found_by_themselves_and_by_their_beginning(texts: list[str]) -> None:
    texts = sorted(texts)
    arrays = strings("some", texts)
    some = Strings(arrays["some_blob"], arrays["some_starts"])
    assert list(some) == texts
    for number, text in enumerate(texts):
        assert some.find(text) == number
        assert some.beginning_with(text[:1]) == [
            place for place, each in enumerate(texts) if each.startswith(text[:1])
        ]
    assert some.find("\n") is None


def test_dates_keys_and_numbers_are_kept(tmp_path: Path) -> None:
    day = date(2021, 6, 28)
    found, docs = indexed(
        str(tmp_path),
        [Doc("روما", day=day, keys={"speaker": ["7", "8"], "country": ["TR"]}), Doc("", keys={})],
    )
    assert found.dates.tolist() == [day.toordinal(), 0]
    assert found.primary_keys.tolist() == [doc.pk for doc in docs] == [1, 2]
    assert {value: rows.tolist() for value, rows in found.keyed_documents("speaker")} == {"7": [0], "8": [0]}
    assert [value for value, _rows in found.keyed_documents("country")] == ["TR"]
    assert list(found.keyed_documents("meeting")) == []


def test_arrays_are_the_same_with_and_without_merging(tmp_path: Path) -> None:
    """Positions, gaps and keys survive Whoosh's copying of postings into another segment."""
    docs = [Doc("في روما\n\nاليوم", "التحالف"), Doc(""), Doc("القارة " * 50, keys={"speaker": ["1"]})]
    kept = []
    for name, merged in (("one", True), ("many", False)):
        archive = Archive(tmp_path / name, merged=merged)
        for number, doc in enumerate(docs):
            archive.commit({f"a.{number}": doc})
        snapshot = archive.snapshot()
        kept.append(
            [
                (
                    int(leaf.columns.primary_keys[number]),
                    [
                        None if word == GAP else leaf.columns.exact[word]
                        for word in leaf.columns.stream[
                            slice(*leaf.columns.document_starts[number : number + 2])
                        ]
                    ],
                    int(leaf.columns.title_lengths[number]),
                )
                for leaf in snapshot.leaves
                for number in range(leaf.columns.documents)
            ]
        )
    assert sorted(kept[0]) == sorted(kept[1])


def equal_files(one: Path, other: Path) -> bool:
    (arrays, extra), (others, other_extra) = read_arrays(one), read_arrays(other)
    return extra == other_extra and all(
        arrays[name].dtype == others[name].dtype and np.array_equal(arrays[name], others[name])
        for name in arrays.keys() | others.keys()
    )


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return archive_of(
        tmp_path / "index", [Doc("التحالف في روما", "عنوان"), Doc("روما", keys={"speaker": ["1"]})]
    )


def columns_file(archive: Archive) -> Path:
    (path,) = archive.folder.glob(f"*.{EXTENSION}")
    return path


def missing(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


def altered(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2] + b"\xff\xff" + content[len(content) // 2 + 2 :])


def of_another_version(path: Path) -> None:
    write_arrays(path, {"stream": np.arange(3)}, {"keys": {}})


@pytest.mark.parametrize("damage", [missing, empty, cut, altered, of_another_version])
def test_columns_that_cannot_be_read_are_made_anew_from_the_segment(archive: Archive, damage) -> None:
    path = columns_file(archive)
    sound = archive.folder.parent / "sound"
    sound.write_bytes(path.read_bytes())
    damage(path)
    snapshot = archive.snapshot()
    assert snapshot.primary_keys.tolist() == [1, 2]
    assert equal_files(path, sound)


def test_columns_of_another_segment_are_not_taken(archive: Archive) -> None:
    """As when files are restored under wrong names; both are sound in themselves."""
    archive.commit({"a.3": Doc("القارة"), "a.4": Doc("شكري")})
    one, other = archive.folder.glob(f"*.{EXTENSION}")
    contents = one.read_bytes(), other.read_bytes()
    one.write_bytes(contents[1])
    other.write_bytes(contents[0])
    archive.store.forget()
    assert archive.snapshot().primary_keys.tolist() == [1, 2, 3, 4]
    assert (one.read_bytes(), other.read_bytes()) == contents, "made anew"


def test_columns_that_cannot_be_kept_are_read_all_the_same(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_args: object) -> None:
        raise OSError(30, "Read-only file system")

    columns_file(archive).unlink()
    monkeypatch.setattr(segments, "write_arrays", refuse)
    with caplog.at_level(logging.WARNING, "search.engine.segments"):
        snapshot = archive.snapshot()
    assert snapshot.primary_keys.tolist() == [1, 2]
    assert "cannot be kept" in caplog.text
    assert archive.snapshot() is snapshot


def test_columns_are_written_before_the_files_made_of_them(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And before the table of contents names the segment: nobody who asks makes them or waits."""
    writing = []

    def write(folder: Path, segment: object, *others: object) -> None:
        path = columns_path(folder, segment.segment_id())
        writing.append((path.exists(), archive.snapshot().count))
        write_segment(folder, segment, *others)

    monkeypatch.setattr(building, "write_segment", write)
    archive.commit({"a.3": Doc("القارة")})
    assert archive.snapshot().count == 3
    assert writing == [(True, 2)]


def test_columns_go_with_their_segment(archive: Archive) -> None:
    before = columns_file(archive)
    archive.store.write_anew([Doc("روما", pk=9).entry(9)])
    after = columns_file(archive)
    assert after != before
    assert after == columns_path(archive.folder, after.stem)


def test_columns_of_a_segment_do_not_change_with_deletions(archive: Archive) -> None:
    path = columns_file(archive)
    content = path.read_bytes()
    archive.commit({"a.1": None})
    assert path.read_bytes() == content


def test_map_of_columns_outlives_their_file(archive: Archive) -> None:
    """A question that began before a commit is answered after it."""
    snapshot = archive.snapshot()
    archive.store.write_anew([])
    assert snapshot.leaves[0].columns.exact[0]
