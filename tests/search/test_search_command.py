import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from tests.search.conftest import SeedArchive


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("search", *arguments, stdout=out)
    return out.getvalue()


def test_json_is_all_that_is_printed(seeds: SeedArchive) -> None:
    answer = json.loads(run("تيلرسون", "--json"))
    assert answer["total"] == 1
    assert [hit["id"] for hit in answer["hits"]] == [seeds.articles["003"].pk]
    assert "<mark>تيلرسون</mark>" in answer["hits"][0]["snippet"]


def test_options_reach_the_search(seeds: SeedArchive) -> None:
    answer = json.loads(run("داعش", "--json", "--limit", "2", "--offset", "1", "--sort", "oldest"))
    assert (answer["total"], len(answer["hits"]), answer["hits"][0]["date"]) == (5, 2, "2021-03-24")
    dated = json.loads(
        run("", "--json", "--from", "2021-06-01", "--to", "2021-12-31", "--meeting", "روما 2021")
    )
    assert {hit["id"] for hit in dated["hits"]} == {
        seeds.articles[number].pk for number in ("000", "001", "004")
    }


def test_exact_spelling_alone_is_an_option(seeds: SeedArchive) -> None:
    folded = json.loads(run("القاره", "--json"))
    assert (folded["exact"], folded["total"] > 0) == (False, True)
    assert {hit["layer"] for hit in folded["hits"]} == {"folded"}
    exact = json.loads(run("القاره", "--json", "--exact"))
    assert (exact["exact"], exact["total"]) == (True, 0)
    spelled = json.loads(run("القارة", "--json", "--exact"))
    assert {hit["layer"] for hit in spelled["hits"]} == {"exact"}


def test_words_let_go_are_told(seeds: SeedArchive) -> None:
    answer = json.loads(run("داعش زنجبيلوفلفل", "--json"))
    assert (answer["let_go"], answer["partial"]) == (["زنجبيلوفلفل"], [])
    assert "«زنجبيلوفلفل»" in run("داعش زنجبيلوفلفل")


def test_partial_matches_are_listed_after_the_counted_ones(seeds: SeedArchive) -> None:
    answer = json.loads(run("بلينكن روما", "--json"))
    assert len(answer["hits"]) == answer["total"]
    assert seeds.articles["002"].pk in {hit["id"] for hit in answer["partial"]}
    assert answer["partial"][0].keys() == answer["hits"][0].keys()
    counted, partial = run("بلينكن روما").split("مواد فيها بعض كلماتك، خارج العدد:")
    address = seeds.articles["002"].get_absolute_url()
    assert address in partial
    assert address not in counted


def test_a_filter_may_be_repeated(seeds: SeedArchive) -> None:
    one, other, both = (
        json.loads(run("داعش", "--json", *(f"--speaker={name}" for name in names)))["total"]
        for names in (["tillerson"], ["blinken"], ["tillerson", "blinken"])
    )
    assert both == one + other
    assert one
    assert other


def test_quotations_are_listed_with_who_said_them(seeds: SeedArchive) -> None:
    answer = json.loads(run("داعش", "--quotations", "--json", "--kind", "direct", "--speaker", "تيلرسون"))
    assert answer["kind"] == "quotations"
    assert answer["total"] == len(answer["hits"]) > 0
    assert {(hit["kind"], hit["speaker"], hit["said"]) for hit in answer["hits"]} == {
        ("quotation", "tillerson", "direct")
    }
    printed = run("داعش", "--quotations", "--speaker", "tillerson")
    assert "ريكس تيلرسون · وزير الخارجية الأميركي · بلفظه" in printed
    assert f"{seeds.articles['003'].get_absolute_url()}#q" in printed


@pytest.mark.parametrize(("period", "length"), [("year", 4), ("month", 7)])
def test_results_are_counted_by_period(seeds: SeedArchive, period: str, length: int) -> None:
    answer = json.loads(run("داعش", "--json", "--histogram", period))
    assert sum(answer["histogram"].values()) == answer["total"]
    assert {len(each) for each in answer["histogram"]} == {length}
    assert "2017" in run("داعش", "--histogram", period).splitlines()[-1]


def test_unknown_filter_value_is_a_sentence_not_an_error(seeds: SeedArchive) -> None:
    answer = json.loads(run("داعش", "--json", "--speaker", "لا أحد"))
    assert (answer["total"], answer["hits"]) == (0, [])
    assert "لا أحد" in answer["message"]


def test_readable_list(seeds: SeedArchive) -> None:
    with translation.override("en"):
        lines = run("تيلرسون").splitlines()
    assert lines[0].startswith("1 result in ")
    assert any(f"/articles/{seeds.articles['003'].pk}/" in line and "2017-03-22" in line for line in lines)


def test_readable_list_is_text_not_markup(seeds: SeedArchive) -> None:
    printed = run("قوية")
    assert '"قوية"' in printed
    assert "&quot;" not in printed


def test_surrogates_can_be_printed(seeds: SeedArchive) -> None:
    assert json.loads(run("\ud800تيلرسون", "--json"))["total"] == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("--limit", "-1"),
        ("--limit", "كثير"),
        ("--offset", "1.5"),
        ("--sort", "best"),
        ("--histogram", "week"),
        ("--from", "28/6/2021"),
        ("--to", "2021-13-01"),
    ],
)
def test_bad_option_is_a_clear_sentence_in_both_languages(arguments: tuple[str, str]) -> None:
    option, value = arguments
    with pytest.raises(CommandError) as error:
        run("كلمة", f"{option}={value}")
    message = str(error.value)
    assert option in message
    assert value in message
    assert any("\u0600" <= letter <= "\u06ff" for letter in message)
