"""Every example of the help page by the articles that it finds, every promise by those that it misses."""

import re
from html import unescape
from typing import NamedTuple

import pytest
from django.utils import translation

from archive.arabic.normalize import match_key
from search.face import search
from search.help import RULES, Example
from search.query_tokens import FIELDS
from tests.search.conftest import SeedArchive

EXAMPLES = [example for rule in RULES for example in rule.examples]


class Expected(NamedTuple):
    """The seeds that a query ``finds`` and, of the others, those it promises to miss."""

    finds: set[str]
    misses: set[str] = set()


BLINKEN = {"000", "001", "002", "004"}
ROME = {"000", "001", "004"}
# By the query as the Arabic page writes it, and whether exact spelling is asked for.
EXPECTED = {
    ("بلينكن روما", False): Expected(ROME, {"002"}),
    ("القاره ٤٣٦", False): Expected({"001", "004"}),
    ("شكري", False): Expected({"004"}, {"001"}),
    ("بلينكين", False): Expected(BLINKEN),
    ("Tillerson", False): Expected({"003"}),
    ("وزير الخارجية الأميركي 2017", False): Expected({"003"}, {"000", "001", "002", "004"}),
    ("Rome 2021", False): Expected(ROME),
    ("حزيران 2022", False): Expected({"000"}),
    ("القارة", False): Expected({"001", "004"}),
    ("القاره", False): Expected({"001", "004"}),
    ("قارتنا", False): Expected({"001", "004"}),
    ("«هذا الوضع ببساطة»", False): Expected({"001", "004"}),
    ("“ببساطة الوضع هذا”", False): Expected(set(), {"001", "004"}),
    ('"هذا ببساطة"~1', False): Expected({"001", "004"}),
    ("«تحرير الأراضي»~٢", False): Expected({"002"}, {"004"}),
    ("داعش -بلينكن", False): Expected({"003"}),
    ("+تيلرسون روما", False): Expected({"003"}, ROME),
    ("فرانس-برس", False): Expected({"000"}),
    ('"تيلرسون" أو "شكري"', False): Expected({"003", "004"}),
    ('"داعش" ليس "بلينكن"', False): Expected({"003"}, BLINKEN),
    ("داعش ليس قائل:بلينكن", False): Expected({"003"}, BLINKEN),
    ("بلينكن أو روما", False): Expected(ROME, {"002"}),
    ("(تيلرسون أو بلينكن) بروكسل", False): Expected({"000", "003"}, {"001", "002", "004"}),
    ("داعش -(روما أو تيلرسون)", False): Expected({"002"}),
    ("ستولت*", False): Expected({"003"}),
    ("إفريق*", False): Expected(ROME),
    ("رسون*", False): Expected(set(), {"003"}),
    ("*رسون", False): Expected({"001", "003"}),
    ("بل*ن", False): Expected(BLINKEN),
    ("بلين?ن", False): Expected({"000", "002", "004"}, {"001"}),
    ("وزير:بلينكن", False): Expected(BLINKEN),
    ("قائل:تيلرسون", False): Expected({"003"}),
    ("قائل:ستولتنبرغ", False): Expected(set(), {"003"}),
    ("دولة:تركيا", False): Expected({"000", "001", "003", "004"}),
    ("دولة:(النيجر أو مصر)", False): Expected({"001", "003", "004"}),
    ("مصدر:إيلاف", False): Expected({"003"}),
    ('اجتماع:"روما 2021"', False): Expected(ROME),
    ("عنوان:روما", False): Expected({"004"}, {"000", "001"}),
    ("داعش من:6/2021", False): Expected(ROME, {"002", "003"}),
    ("من:1/3/2021 إلى:٢٧/٦/٢٠٢١", False): Expected({"002"}),
    ("تاريخ:2017..2020", False): Expected({"003"}),
    ("تاريخ:آذار/مارس 2021", False): Expected({"002"}),
    ("داعش من:روما", False): Expected(ROME),
    ("بلينكين", True): Expected({"001"}, {"000", "002", "004"}),
}


def label(example: Example) -> str:
    return example.query + (" (exact)" if example.exact else "")


@pytest.mark.parametrize("example", EXAMPLES, ids=label)
def test_example_finds_and_misses_what_the_page_says(seeds: SeedArchive, example: Example) -> None:
    expected = EXPECTED[example.query, example.exact]
    assert bool(expected.misses) == bool(example.misses), "a promise without an expectation, or the reverse"
    for query in filter(None, (example.query, example.english)):
        found = set(seeds.numbers(search(query, exact=example.exact)))
        assert found == expected.finds, query
        assert not found & expected.misses


@pytest.mark.parametrize("example", [each for each in EXAMPLES if each.misses], ids=label)
def test_what_a_promise_is_about_is_really_there(seeds: SeedArchive, example: Example) -> None:
    """A promise to miss what no article has would promise nothing."""
    words = {
        "شكري": "وشكر",
        "رسون*": "تيلرسون",
        "بلين?ن": "بلينكين",
        "قائل:ستولتنبرغ": "ستولتنبرغ",
    }.get(example.query)
    expected = EXPECTED[example.query, example.exact]
    assert expected.misses <= set(seeds.articles)
    for number in expected.misses if words else ():
        assert words in seeds.articles[number].text


def test_every_expectation_is_on_the_page() -> None:
    assert set(EXPECTED) == {(example.query, example.exact) for example in EXAMPLES}


@pytest.mark.parametrize(("language", "prefix"), [("ar", ""), ("en", "/en")])
def test_page_runs_its_examples(client, seeds: SeedArchive, language: str, prefix: str) -> None:
    page = client.get(f"{prefix}/search/help/").content.decode()
    addresses = [unescape(address) for address in re.findall(r'<dt><a href="([^"]+)"', page)]
    with translation.override(language):
        assert addresses == [example.address for example in EXAMPLES]
        written = [unescape(text) for text in re.findall(r"<dt><a [^>]+><bdi>([^<]+)<", page)]
        assert written == [example.written for example in EXAMPLES]
    for address in addresses:
        assert address.startswith(f"{prefix}/search/?q=")
    assert client.get(addresses[0]).context["answer"].total == 3


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("/search/help/", "وزير قائل دولة مصدر اجتماع عنوان من إلى تاريخ"),
        ("/en/search/help/", "minister speaker country source meeting title from to date"),
    ],
)
def test_page_shows_every_field(client, db: None, address: str, names: str) -> None:
    page = client.get(address).content.decode()
    assert {FIELDS[match_key(name)] for name in names.split()} == set(FIELDS.values())
    assert [name for name in names.split() if f"{name}:" not in page] == []


def test_search_page_leads_to_the_help_page(client, db: None) -> None:
    assert 'href="/search/help/"' in client.get("/search/").content.decode()
