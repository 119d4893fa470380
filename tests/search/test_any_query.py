"""Any text is a question: it gets an answer or a sentence, never an error.

A share of it runs with the other tests; ``make fuzz`` runs 100,000 (``MAHDAR_FUZZ`` says how many).
"""

import json
import logging
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.face import SORTS, search
from search.query_language import MAX_WORDS, parse, parse_plain
from tests.search.conftest import SeedArchive

EXAMPLES = int(os.environ.get("MAHDAR_FUZZ") or 300)
# A page costs as much as a dozen searches.
PAGES = max(30, EXAMPLES // 20)
MEGABYTE = 1_000_000

# ruff: noqa: SIM905 - words in a string are read as words
WORDS = """
بلينكن بلينكين تيلرسون روما داعش الأميركي سوريا التحالف كوفيد-19 2021 ٤٣٦ Blinken Rome قال في و أو ليس وليس
AND OR NOT حزيران يونيو وزير الخارجية هذا الوضع ببساطة إفريق* ا* * *ريقيا بلين?ن م*ر ?* "~2
""".split()
FIELDS = """
وزير: دولة: مصدر: اجتماع: قائل: عنوان: من: إلى: تاريخ: minister: country: source: meeting: speaker: title:
from: to: date: لاحقل:
""".split()
VALUES = "تركيا TR إيلاف 2017..2021 28/6/2021 31/2/2021 .. 0000 99999 (تركيا مصر) «روما 2021»".split()
SIGNS = [*"\"'«»“”„‘’()（）+-−＋*?~:：.،؛؟!|&^~\\/<>%_\u200f\u200e\u202e\u0640\u064e\ufeff\x00\x1f\n"]
SPACES = [" "] * 5
REPEATED = [*SIGNS, *WORDS, "((", "-(", "+(", "(ا أو ", '"ا" أو ', "من:(", "عنوان:(", "ا* ", "من:ا ", "«“"]
REPEATED += ["ه*", "?ا", '"ا ب"~9']

tokens = st.lists(st.sampled_from([*WORDS, *FIELDS, *VALUES, *SIGNS, *SPACES]), max_size=10)
unicode = st.text(st.characters(codec=None, exclude_categories=()), max_size=30)
units = st.sampled_from(REPEATED)


@st.composite
def _spaced(draw: st.DrawFn) -> str:
    return draw(st.sampled_from(["", " "])).join(draw(tokens))


@st.composite
def _repeated(draw: st.DrawFn) -> str:
    """One sign or word over and over, with something before and after it."""
    unit = draw(units)
    return draw(unicode) + unit * draw(st.integers(1, 400)) + draw(_spaced())


@st.composite
def _huge(draw: st.DrawFn) -> str:
    unit = draw(units | _spaced()) or "ا"
    return unit * (MEGABYTE // len(unit) + 1)


_KINDS = (*[_spaced()] * 90, *[unicode] * 80, *[_repeated()] * 29, _huge())


@st.composite
def queries(draw: st.DrawFn) -> str:
    return draw(draw(st.sampled_from(_KINDS)))


def runs(examples: int) -> settings:
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,
            HealthCheck.too_slow,
            HealthCheck.data_too_large,
            HealthCheck.large_base_example,
        ],
    )


@dataclass
class Tally:
    """How many queries ran and how long the slowest took, in milliseconds."""

    ran: int = 0
    slowest: float = 0.0
    query: str = ""
    errors: list[logging.LogRecord] = field(default_factory=list)

    def time(self, began: float, query: str) -> None:
        took = (time.perf_counter() - began) * 1000
        self.ran += 1
        if took > self.slowest:
            self.slowest, self.query = took, query[:60]


class _Collector(logging.Handler):
    def __init__(self, tally: Tally) -> None:
        super().__init__(logging.ERROR)
        self.tally = tally

    def emit(self, record: logging.LogRecord) -> None:
        self.tally.errors.append(record)


@pytest.fixture
def tally(request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> Iterator[Tally]:
    """Counts, and fails on what was logged as an error: search hides its own from readers."""
    counted = Tally()
    collector = _Collector(counted)
    logging.getLogger().addHandler(collector)
    yield counted
    logging.getLogger().removeHandler(collector)
    if "MAHDAR_FUZZ" in os.environ:
        with capsys.disabled():
            slowest = f"the slowest took {counted.slowest:.1f} ms: {counted.query!a}"
            print(f"\n{request.node.name}: {counted.ran} queries, {slowest}")


@given(query=queries())
@runs(EXAMPLES)
def test_any_query_is_parsed(tally: Tally, query: str) -> None:
    began = time.perf_counter()
    parsed = parse(query)
    tally.time(began, query)
    assert all(parsed.remarks)
    assert len(parse_plain(query).root.children) <= MAX_WORDS


@given(
    query=queries(),
    exact=st.booleans(),
    sort=st.sampled_from(SORTS),
    offset=st.sampled_from([0, 0, 0, 1, 7, 10**9]),
    limit=st.sampled_from([2, 2, 2, 20, 0, 10**6]),
)
@runs(EXAMPLES)
def test_any_query_is_answered(
    seeds: SeedArchive, tally: Tally, query: str, exact: bool, sort: str, offset: int, limit: int
) -> None:
    began = time.perf_counter()
    answer = search(query, exact=exact, sort=sort, offset=offset, limit=limit)
    tally.time(began, query)
    assert tally.errors == []
    assert 0 <= answer.total <= len(seeds.articles)
    assert len(answer.hits) == max(0, min(answer.total - offset, limit))
    shown = [hit.id for hit in (*answer.hits, *answer.partial)]
    assert len(shown) == len(set(shown))
    assert answer.hits or answer.total or answer.message
    assert all(value.count <= answer.total for values in answer.facets.values() for value in values)
    assert json.loads(json.dumps(answer.as_json()))["total"] == answer.total


@given(query=queries(), exact=st.booleans())
@runs(PAGES)
def test_any_query_has_a_page(client, seeds: SeedArchive, tally: Tally, query: str, exact: bool) -> None:
    began = time.perf_counter()
    response = client.get(f"/search/?q={quote(query.encode('utf-8', 'surrogatepass'))}" + "&exact=1" * exact)
    tally.time(began, query)
    assert response.status_code == 200
    assert tally.errors == []
