import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from itertools import islice, product
from pathlib import Path
from random import Random

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh.reading import TermNotFound

from archive.models import Article, Change, LexiconEntry, Source, Speaker
from search import face
from search.engine.expansions import MAX_EXPANSIONS
from search.engine.generations import LOCK
from search.engine.locks import locked
from search.entries import index_store
from search.face import MAX_LIMIT, MAX_OFFSET, Filters, Hit, search
from search.indexing import drain_changes
from search.query_language import MAX_LENGTH
from tests.search.conftest import article_of

LONG = "وقالت الوزيرة كلاما كثيرا في ذلك اليوم من أيام الاجتماع. " * 20


@pytest.fixture
def articles(empty_index: Path) -> list[Article]:
    rows = [
        article_of(f"كلمة زنجبيل {number}", published_on=date(2021, 1, 1 + number) if number else None)
        for number in range(25)
    ]
    drain_changes()
    return rows


def pages(**options: object) -> list[int]:
    return [hit.id for hit in search("زنجبيل", **options).hits]


def test_pages_are_slices_of_one_list(articles: list[Article]) -> None:
    everything = pages(limit=100, sort="newest")
    assert len(everything) == 25
    for offset, limit in ((0, 10), (10, 10), (20, 10), (7, 3), (24, 5), (25, 5), (0, 0), (1000, 10)):
        answer = search("زنجبيل", offset=offset, limit=limit, sort="newest")
        assert [hit.id for hit in answer.hits] == everything[offset : offset + limit]
        assert answer.total == 25


def test_orders_with_the_undated_last(articles: list[Article]) -> None:
    keys = [article.pk for article in articles]
    assert pages(sort="oldest", limit=100) == [*keys[1:], keys[0]]
    assert pages(sort="newest", limit=100) == [*reversed(keys[1:]), keys[0]]


def test_unknown_order_is_relevance(articles: list[Article]) -> None:
    assert pages(sort="؟") == pages(sort="relevance")


def test_empty_query_with_a_filter_lists_what_passes_newest_first(articles: list[Article]) -> None:
    answer = search("  ", filters=Filters(date_from=date(2021, 1, 20)))
    assert [hit.id for hit in answer.hits] == [article.pk for article in reversed(articles[19:])]


@pytest.mark.parametrize("query", ["", "   ", "!!!", '""', "ـ"])
def test_query_without_a_word_asks_for_one(articles: list[Article], query: str) -> None:
    answer = search(query)
    assert (answer.total, answer.hits) == (0, [])
    assert answer.message


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ("زنجبيل " * MAX_LENGTH, {}),
        ("زنجبيل", {"limit": MAX_LIMIT + 1}),
        ("زنجبيل", {"offset": MAX_OFFSET + 1}),
    ],
)
def test_every_bound_has_its_sentence(articles: list[Article], query: str, options: dict[str, int]) -> None:
    answer = search(query, **options)
    assert answer.total == 25
    assert answer.message


def test_negative_numbers_are_nought(articles: list[Article]) -> None:
    assert pages(offset=-5, limit=10) == pages(limit=10)
    assert pages(limit=-5) == []


def test_words_that_were_let_go_are_named(articles: list[Article]) -> None:
    with translation.override("en"):
        answer = search("زنجبيل غائبة")
    assert answer.total == 25
    assert answer.let_go == ["غائبة"]
    assert "غائبة" in answer.message
    assert (search("زنجبيل كلمة").message, search("زنجبيل كلمة").let_go) == ("", [])


def test_phrase_is_never_let_go(articles: list[Article]) -> None:
    assert search("زنجبيل «كلمة غائبة»").total == 0
    assert search("غائبة «كلمة زنجبيل»").total == 25


def test_stop_words_do_not_have_to_match(articles: list[Article]) -> None:
    LexiconEntry.objects.create(category="stop_word", text="إلى")
    assert search("زنجبيل إلى").message == ""
    assert search("إلى").total == 0


def test_facets_count_over_everything_that_was_found(articles: list[Article]) -> None:
    speaker = Speaker.objects.create(key="blinken", name_ar="أنتوني بلينكن")
    for article in articles[:7]:
        article.quotations.create(kind="direct", start=0, end=4, speaker=speaker)
    drain_changes()
    facets = search("زنجبيل", limit=2).facets
    assert [(value.value, value.count) for value in facets["speaker"]] == [("blinken", 7)]
    assert [(value.value, value.count) for value in facets["year"]] == [("2021", 24)]
    assert set(facets) == {"speaker", "country", "source", "meeting", "kind", "year"}


def test_hit_shows_matching_quotations_the_chosen_speaker_first(empty_index: Path) -> None:
    article = article_of("قال أحدهم كلمة زنجبيل وقال الآخر زنجبيل أيضا وكلاما آخر")
    one, other = (Speaker.objects.create(key=key, name_ar=key) for key in ("one", "other"))
    first = article.quotations.create(kind="indirect", start=10, end=21, speaker=one)
    second = article.quotations.create(kind="direct", start=33, end=45, speaker=other)
    article.quotations.create(kind="direct", start=46, end=55, speaker=other)
    drain_changes()
    assert [heard.quotation for heard in search("زنجبيل").hits[0].heard] == [first, second]
    (hit,) = search("", filters=Filters(speaker="one")).hits
    assert [heard.quotation for heard in hit.heard] == [first]


def test_title_and_snippet_are_escaped_and_marked(empty_index: Path) -> None:
    article_of("كلمة <b>زنجبيل</b> & قرنفل", headline="<i>زنجبيل</i>", title="<i>زنجبيل</i>")
    drain_changes()
    (hit,) = search("زنجبيل").hits
    assert hit.title_html == "&lt;i&gt;<mark>زنجبيل</mark>&lt;/i&gt;"
    assert hit.snippet == "كلمة &lt;b&gt;<mark>زنجبيل</mark>&lt;/b&gt; &amp; قرنفل"


def test_excerpt_shows_only_its_opening_and_quotations(empty_index: Path) -> None:
    article = article_of(LONG + "والسر زنجبيل هنا", rights="excerpt")
    drain_changes()
    (hit,) = search("زنجبيل").hits
    assert "زنجبيل" not in hit.snippet
    article.quotations.create(kind="direct", start=len(LONG), end=len(LONG) + 12)
    (hit,) = search("زنجبيل").hits
    assert "<mark>زنجبيل</mark>" in hit.snippet


def test_article_hidden_since_the_last_commit_is_not_shown(articles: list[Article]) -> None:
    Article.objects.update(rights="hidden")
    assert search("زنجبيل").hits == []


def test_answer_as_json(articles: list[Article]) -> None:
    answer = search("زنجبيل", limit=1, sort="oldest").as_json()
    assert set(answer) == {
        *("query", "kind", "exact", "total", "took_ms", "hits", "partial"),
        *("facets", "histogram", "let_go", "message"),
    }
    (hit,) = answer["hits"]
    assert set(hit) == {"kind", "id", "title", "url", "date", "source", "score", "layer", "snippet"}
    assert (hit["kind"], hit["id"], hit["date"], hit["source"]) == (
        "article",
        articles[1].pk,
        "2021-01-02",
        None,
    )
    assert hit["url"] == f"/articles/{articles[1].pk}/"
    assert answer["facets"]["year"] == [{"value": "2021", "label": "2021", "count": 24, "chosen": False}]


def test_speakers_that_the_query_names(empty_index: Path) -> None:
    speaker = Speaker.objects.create(key="blinken", name_ar="أنتوني بلينكن")
    speaker.variants.create(text="بلينكن")
    assert search("بلينكن").speakers == []  # nothing of his was found
    article = article_of("بلينكن قال")
    article.quotations.create(kind="direct", start=0, end=4, speaker=speaker)
    drain_changes()
    assert search("بلينكن").speakers == [speaker]
    assert search("قال -بلينكن").speakers == []


@pytest.mark.parametrize("restriction", ["من:2021", "-داعش", "country:TR", "دولة:تركيا -داعش"])
def test_restriction_is_no_word_that_an_article_has(empty_index: Path, restriction: str) -> None:
    """Articles with none of the words answer nothing, whatever else is asked of them."""
    article_of("كلام عن الزيتون", published_on=date(2021, 5, 1))
    drain_changes()
    assert search(f"زرافة {restriction}").total == 0


def test_articles_without_a_date_are_counted_for_typed_dates_too(empty_index: Path) -> None:
    article_of("داعش في أربيل")
    article_of("داعش في روما", published_on=date(2021, 5, 1))
    drain_changes()
    typed, chosen = search("داعش من:2021"), search("داعش", filters=Filters(date_from=date(2021, 1, 1)))
    assert (typed.total, typed.notes) == (chosen.total, chosen.notes) == (1, typed.notes)
    assert typed.notes != []


def test_exact_match_holds_for_beginnings(empty_index: Path) -> None:
    article_of("إيران")
    spelled = article_of("ايراني")
    drain_changes()
    assert [hit.id for hit in search("ايران*", exact=True).hits] == [spelled.pk]
    assert search("ايران*").total == 2


def test_of_one_word_the_exact_spelling_stands_first(empty_index: Path) -> None:
    folded = article_of("الحديقة الحديقة الحديقة")
    stemmed = article_of("حديقة حديقة حديقة حديقة")
    exact = article_of("كلام كثير عن الحديقه وعن غيرها " + LONG)
    drain_changes()
    hits = search("الحديقه").hits
    assert [(hit.id, hit.layer) for hit in hits] == [
        (exact.pk, "exact"),
        (folded.pk, "folded"),
        (stemmed.pk, "stemmed"),
    ]


def test_words_that_tie_are_not_said_to_be_left_out(empty_index: Path) -> None:
    article_of("زنجبيل")
    article_of("قرفة")
    drain_changes()
    answer = search("زنجبيل قرفة")
    assert answer.total == 2
    assert answer.notes == ["لا مادة تجمع كل الكلمات، وفي كلّ من هذه المواد بعضها."]


def test_word_of_a_hidden_article_is_never_named(empty_index: Path) -> None:
    hidden = article_of("الزنجبيلوفلفل الزنجبيلوفلفل الزنجبيلوفلفل")
    article_of("زنجبيلوفلفل")
    drain_changes()
    hidden.rights = "hidden"
    hidden.save()
    for _time in range(2):
        answer = search("زنجبيلفلفل")
        assert "الزنجبيلوفلفل" not in answer.message
        drain_changes()


def test_nothing_found_is_said(empty_index: Path) -> None:
    assert search("زرافة").as_json()["message"] == "لا مادة في السجلّ توافق ما طُلب."


@given(
    st.text(
        st.characters(codec=None, exclude_categories=()) | st.sampled_from('"“”«» زنجبيلكمة*()-+:\x00٣'),
        max_size=80,
    ),
    st.integers(-3, 40),
    st.integers(-3, 40),
)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gets_an_answer_or_a_sentence(
    articles: list[Article], query: str, offset: int, limit: int
) -> None:
    answer = search(query, offset=offset, limit=limit)
    assert answer.total or answer.message or query.strip()
    assert len(answer.hits) <= max(0, limit)
    for hit in answer.hits:
        text = Article.objects.get(pk=hit.id).text
        assert unescape(re.sub("</?mark>", "", hit.snippet)) in text


@pytest.fixture
def held_lock(articles: list[Article], empty_index: Path) -> Iterator[None]:
    """Another process writes the index."""
    with locked(empty_index / LOCK, 0):
        yield


def test_waiting_changes_are_written_before_the_answer(articles: list[Article]) -> None:
    article = article_of("كلمة قرنفل")
    answer = search("قرنفل")
    assert [hit.id for hit in answer.hits] == [article.pk]
    assert answer.message == ""
    assert not Change.objects.exists()


def test_changes_that_cannot_be_written_yet_are_told(articles: list[Article], held_lock: None) -> None:
    article_of("كلمة قرنفل")
    with translation.override("en"):
        answer = search("زنجبيل")
    assert answer.total == 25
    assert "Recent changes are not indexed yet" in answer.message


def test_withdrawn_article_is_not_counted_while_its_change_waits(
    articles: list[Article], held_lock: None
) -> None:
    Article.objects.filter(pk=articles[1].pk).update(rights="hidden")
    articles[2].delete()
    answer = search("زنجبيل", limit=100)
    assert answer.total == len(answer.hits) == 23
    assert [value.count for value in answer.facets["year"]] == [22]


def test_articles_of_an_outlet_hidden_meanwhile_are_not_counted(
    articles: list[Article], empty_index: Path
) -> None:
    source = Source.objects.create(key="elaph", name_ar="إيلاف")
    Article.objects.filter(pk=articles[1].pk).update(source=source)
    drain_changes()
    with locked(empty_index / LOCK, 0):
        source.rights = "hidden"
        source.save()
        answer = search("زنجبيل")
    assert answer.total == 24
    assert answer.facets["source"] == []


def truncated(content: bytes) -> bytes:
    return content[: len(content) // 2]


def garbled(content: bytes) -> bytes:
    return Random(7).randbytes(len(content))


def garbled_inside(content: bytes) -> bytes:
    """The directory of the segment's files, at either end, still reads; what they hold does not."""
    edge = len(content) // 10
    return content[:edge] + Random(7).randbytes(len(content) - 2 * edge) + content[-edge:]


@pytest.mark.parametrize("damage", [truncated, garbled, garbled_inside])
@pytest.mark.parametrize("opened", [True, False], ids=["opened before", "not opened"])
def test_damaged_segment_is_built_anew_and_answers(
    articles: list[Article], empty_index: Path, damage, opened: bool
) -> None:
    if opened:
        assert search("زنجبيل").total == 25
    else:
        index_store().forget()
    for path in empty_index.rglob("*.seg"):
        path.write_bytes(damage(path.read_bytes()))
    answer = search("زنجبيل")
    assert (answer.total, answer.message) == (25, "")


def test_question_that_neither_index_nor_database_can_be_asked_is_a_sentence(
    articles: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_args: object, **_options: object) -> None:
        raise TermNotFound

    monkeypatch.setattr(face, "ask", damaged)
    with translation.override("en"):
        answer = search("زنجبيل")
    assert (answer.total, answer.hits) == (0, [])
    assert answer.message == "The index is being built. Ask again in a moment."


def test_unconfirmed_speaker_is_named_only_with_a_quotation_in_sight(empty_index: Path) -> None:
    speaker = Speaker.objects.create(key="zaid", name_ar="زيد عمر", needs_review=True)
    speaker.variants.create(text="زيد عمر")
    article = article_of("قال زيد عمر كلمة", rights="hidden")
    article.quotations.create(kind="direct", start=0, end=4, speaker=speaker)
    assert search("زيد عمر").speakers == []
    Article.objects.update(rights="")
    assert search("زيد عمر").speakers == [speaker]


@pytest.fixture
def spices(empty_index: Path) -> dict[str, Article]:
    """Articles with both words, with one of them, and with neither."""
    texts = {
        "both": "كلمة زنجبيل وكلمة قرنفل",
        "also both": "كلام عن زنجبيل ثم قرنفل ثم كلام آخر",
        "ginger": "كلمة زنجبيل",
        "clove": "كلمة قرنفل",
        "neither": "كلمة أخرى",
    }
    rows = {name: article_of(text) for name, text in texts.items()}
    drain_changes()
    return rows


def names(spices: dict[str, Article], hits: list[Hit]) -> set[str]:
    known = {article.pk: name for name, article in spices.items()}
    return {known[hit.id] for hit in hits}


def test_articles_with_some_of_the_words_follow_uncounted(spices: dict[str, Article]) -> None:
    answer = search("زنجبيل قرنفل")
    assert (names(spices, answer.hits), answer.total) == ({"both", "also both"}, 2)
    assert names(spices, answer.partial) == {"ginger", "clove"}
    assert all("<mark>" in hit.snippet for hit in answer.partial)


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        ({"limit": 1}, False),  # more results follow
        ({"limit": 1, "offset": 1}, True),  # the last page
        ({"limit": 2}, True),
        ({"limit": 2, "offset": 2}, False),  # beyond it
        ({"limit": 0}, False),
        ({"sort": "newest"}, False),
        ({"sort": "oldest"}, False),
        ({"sort": "؟"}, True),  # relevance
    ],
)
def test_partial_matches_stand_on_the_last_page_by_relevance(
    spices: dict[str, Article], options: dict[str, object], shown: bool
) -> None:
    assert bool(search("زنجبيل قرنفل", **options).partial) is shown


@pytest.mark.parametrize(
    "query",
    [
        "زنجبيل قرنفل غائبة",  # words were let go: the hits are such matches themselves
        "زنجبيل",  # one word is there or not
        "«زنجبيل وكلمة» غائبة",
        "غائبة",
        "",
    ],
)
def test_no_partial_matches(spices: dict[str, Article], query: str) -> None:
    assert search(query).partial == []


def test_partial_matches_are_bounded_and_the_best(empty_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(face, "MAX_PARTIAL", 2)
    article_of("زنجبيل قرنفل")
    some = [article_of("زنجبيل " + "كلمة " * number) for number in (9, 1, 5)]
    drain_changes()
    answer = search("زنجبيل قرنفل")
    assert [hit.id for hit in answer.partial] == [some[1].pk, some[2].pk]


def test_partial_matches_meet_the_filters(spices: dict[str, Article]) -> None:
    source = Source.objects.create(key="elaph", name_ar="إيلاف")
    Article.objects.filter(pk__in=[spices["both"].pk, spices["clove"].pk]).update(source=source)
    drain_changes()
    answer = search("زنجبيل قرنفل", filters=Filters(source="elaph"))
    assert (names(spices, answer.hits), names(spices, answer.partial)) == ({"both"}, {"clove"})
    assert [(value.value, value.count) for value in answer.facets["source"]] == [("elaph", 1)]


def test_withdrawn_article_is_no_partial_match_while_its_change_waits(
    spices: dict[str, Article], empty_index: Path
) -> None:
    with locked(empty_index / LOCK, 0):
        Article.objects.filter(pk=spices["clove"].pk).update(rights="hidden")
        assert names(spices, search("زنجبيل قرنفل").partial) == {"ginger"}


def test_partial_matches_are_in_the_json(spices: dict[str, Article]) -> None:
    answer = search("زنجبيل قرنفل").as_json()
    assert {frozenset(hit) for hit in answer["partial"]} == {frozenset(answer["hits"][0])}
    assert (answer["let_go"], answer["total"], len(answer["partial"])) == ([], 2, 2)


def test_let_go_is_in_the_json(spices: dict[str, Article]) -> None:
    assert search("زنجبيل غائبة").as_json()["let_go"] == ["غائبة"]


@pytest.mark.parametrize(
    ("query", "layer"),
    [
        ("القارة", "exact"),
        ("القاره", "folded"),
        ("قارات", "stemmed"),
        ("«القارة»", "exact"),
        ("القارة واسعه", "folded"),  # the farthest that a word needed
        ("قا*", "stemmed"),
        ("from:2021", ""),
        ("زنجبيلو", "similar"),
    ],
)
def test_hit_tells_by_which_layer_it_was_found(empty_index: Path, query: str, layer: str) -> None:
    article_of("القارة الواسعة واسعة فيها زنجبيلا", published_on=date(2021, 6, 28))
    drain_changes()
    answer = search(query)
    assert [hit.layer for hit in answer.hits] == [layer]
    assert answer.as_json()["hits"][0]["layer"] == (layer or None)


def test_other_spelling_of_a_name_is_a_layer(empty_index: Path) -> None:
    speaker = Speaker.objects.create(key="blinken", name_ar="أنتوني بلينكن")
    for text in ("بلينكن", "بلينكين"):
        speaker.variants.create(text=text)
    article_of("قال بلينكين كلمة")
    drain_changes()
    (hit,) = search("بلينكن").hits
    assert hit.layer == "alias"
    assert "<mark>بلينكين</mark>" in hit.snippet
    assert search("بلينكن", exact=True).total == 0


def test_exact_search_finds_words_only_as_they_are_spelled(empty_index: Path) -> None:
    asked = article_of("هذه القـارّة")
    article_of("هذه القاره")
    drain_changes()
    answer = search("القارة", exact=True)
    assert ([hit.id for hit in answer.hits], answer.exact) == ([asked.pk], True)
    assert "<mark>القـارّة</mark>" in answer.hits[0].snippet
    assert answer.as_json()["exact"] is True
    assert search("القارة").total == 2


def test_word_taken_for_another_is_told_and_marked(empty_index: Path) -> None:
    article_of("كلمة خزعبلق")
    drain_changes()
    with translation.override("en"):
        answer = search("خزعبلط")
    assert answer.total == 1
    assert "“\u2068خزعبلط\u2069”" in answer.message
    assert "“\u2068خزعبلق\u2069”" in answer.message
    assert "<mark>خزعبلق</mark>" in answer.hits[0].snippet


def test_star_that_stands_for_too_many_words_is_told(empty_index: Path) -> None:
    endings = islice(product("بتثجحخدذرزس", repeat=3), MAX_EXPANSIONS + 1)
    article_of(" ".join(f"كل{''.join(ending)}" for ending in endings))
    drain_changes()
    with translation.override("en"):
        answer = search("كل*")
    assert answer.total
    assert "words begin with “\u2068كل\u2069”" in answer.message


def test_notes_are_sentences_of_one_message(articles: list[Article]) -> None:
    with translation.override("en"):
        answer = search("زنجبيل غائبة from:2000 speaker:غيره", limit=MAX_LIMIT + 1)
    assert len(answer.notes) >= 2
    assert answer.message == " ".join(answer.notes)
    assert all(note.endswith(".") for note in answer.notes)


def test_field_that_names_nobody_is_told_and_looked_for_as_words(articles: list[Article]) -> None:
    answer = search("زنجبيل speaker:كلمة")
    assert answer.total == 25
    assert "كلمة" in answer.message


QUERIES = ["زنجبيل", "قرنفل زنجبيل", "زنجبيل غائبة", "كل*", "-زنجبيل", "«كلمة قرنفل»", "زنجبيل أو «قرنفل»"]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("sort", face.SORTS)
def test_total_hits_and_facets_agree(spices: dict[str, Article], query: str, sort: str) -> None:
    for number, article in enumerate(spices.values()):
        article.published_on, article.date_basis = date(2000 + number, 1, 1), Article.DateBasis.EXPLICIT
        article.save()
    drain_changes()
    answer = search(query, sort=sort, limit=100)
    assert len(answer.hits) == answer.total == sum(value.count for value in answer.facets["year"])
    assert {hit.id for hit in answer.hits}.isdisjoint(hit.id for hit in answer.partial)
    for value in answer.facets["year"]:
        day = date(int(value.value), 1, 1)
        narrowed = search(query, filters=Filters(date_from=day, date_to=day))
        assert narrowed.total == value.count


def test_scores_fall_by_relevance(spices: dict[str, Article]) -> None:
    answer = search("زنجبيل قرنفل كلمة أو كلام")
    scores = [hit.score for hit in answer.hits]
    assert scores == sorted(scores, reverse=True)


def test_hits_by_date_and_by_relevance_are_the_same(spices: dict[str, Article]) -> None:
    found = [names(spices, search("زنجبيل", sort=sort).hits) for sort in face.SORTS]
    assert found[0] == found[1] == found[2] == {"both", "also both", "ginger"}


def test_damaged_columns_are_made_anew_and_answer(articles: list[Article], empty_index: Path) -> None:
    for path in empty_index.rglob("*.columns"):
        path.write_bytes(garbled(path.read_bytes()))
    answer = search("زنجبيل")
    assert (answer.total, answer.message) == (25, "")


def test_least_relevant_first_is_relevance_upside_down(spices: dict[str, Article]) -> None:
    best, least = (
        [hit.id for hit in search("زنجبيل أو قرنفل أو كلام", sort=sort).hits]
        for sort in ("relevance", "least")
    )
    assert least == best[::-1]
