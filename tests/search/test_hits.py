from datetime import date

import pytest

from archive.models import Article, Country, Source, Speaker
from archive.views.articles import EXCERPT_WORDS
from search.compiling import Lookup, compile_tree
from search.engine.plans import Clause
from search.hits import QUOTATIONS_A_HIT, WHOLE_QUOTATION, Hit, make_hits, make_quotation_hits
from search.query_language import parse
from tests.search.conftest import article_of, quotation_of

pytestmark = pytest.mark.django_db


def clauses(query: str) -> list[Clause]:
    return compile_tree(parse(query).root, Lookup())


def hit_of(article: Article, query: str, *speakers: Speaker) -> Hit:
    (hit,) = make_hits(
        [(article.pk, 1.0, "exact")],
        clauses(query),
        speakers=frozenset(speaker.pk for speaker in speakers),
    )
    return hit


def quote(article: Article, text: str, **values: object) -> None:
    start = article.text.index(text)
    article.quotations.create(**{"kind": "direct", "start": start, "end": start + len(text)} | values)


def test_hit_is_what_was_found_of_an_article() -> None:
    source = Source.objects.create(key="elaph", name_ar="إيلاف")
    article = article_of("كلمة زنجبيل", title="عنوان", source=source, published_on=date(2021, 6, 28))
    (hit,) = make_hits([(article.pk, 1.23456, "stemmed")], clauses("زنجبيل"))
    assert (hit.id, hit.title, hit.url) == (article.pk, "عنوان", f"/articles/{article.pk}/")
    assert (hit.date, hit.source, hit.score) == (date(2021, 6, 28), "إيلاف", 1.2346)
    assert (hit.layer, hit.snippet) == ("stemmed", "كلمة <mark>زنجبيل</mark>")


def test_hits_keep_their_order_and_leave_out_what_cannot_be_seen() -> None:
    shown = [article_of(f"كلمة {number}") for number in range(3)]
    hidden = article_of("كلمة", rights="hidden")
    asked = [shown[2].pk, hidden.pk, shown[0].pk, 10**9, shown[1].pk]
    hits = make_hits([(pk, 0.0, "") for pk in asked], [])
    assert [hit.id for hit in hits] == [shown[2].pk, shown[0].pk, shown[1].pk]


@pytest.mark.parametrize("count", [1, 6])
def test_queries_do_not_grow_with_the_hits(django_assert_num_queries, count: int) -> None:
    speaker = Speaker.objects.create(key="blinken", name_ar="أنتوني بلينكن")
    rows = [article_of("قال كلمة زنجبيل") for _number in range(count)]
    for article in rows:
        quote(article, "كلمة زنجبيل", speaker=speaker)
    with django_assert_num_queries(2):
        hits = make_hits([(article.pk, 1.0, "exact") for article in rows], clauses("زنجبيل"))
        assert all(hit.heard[0].quotation.speaker.name_ar for hit in hits)


def test_quotations_that_answer_most_are_shown_in_their_order() -> None:
    article = article_of("قال زنجبيل. ثم قال كلمة أخرى. ثم قال زنجبيل قرنفل. ثم قال قرنفل زنجبيل")
    for text in ("زنجبيل.", "كلمة أخرى", "زنجبيل قرنفل", "قرنفل زنجبيل"):
        quote(article, text)
    shown = [heard.quotation for heard in hit_of(article, "زنجبيل قرنفل").heard]
    assert [quotation.text for quotation in shown] == ["زنجبيل قرنفل", "قرنفل زنجبيل"]
    assert len(shown) == QUOTATIONS_A_HIT


def test_quotations_of_the_chosen_speaker_come_first() -> None:
    one, other = (Speaker.objects.create(key=key, name_ar=key) for key in ("one", "other"))
    article = article_of("زنجبيل قرنفل. قرنفل زنجبيل. زنجبيل وحده. قرنفل وحده")
    for text, speaker in (("زنجبيل قرنفل", other), ("قرنفل زنجبيل", other), ("زنجبيل وحده", one)):
        quote(article, text, speaker=speaker)
    assert "زنجبيل وحده" in [each.quotation.text for each in hit_of(article, "زنجبيل قرنفل", one).heard]
    assert "زنجبيل وحده" not in [each.quotation.text for each in hit_of(article, "زنجبيل قرنفل").heard]


def test_verbatim_words_come_before_what_is_reported() -> None:
    article = article_of("زنجبيل أول. زنجبيل ثان. زنجبيل ثالث")
    for text, kind in (("زنجبيل أول", "indirect"), ("زنجبيل ثان", "direct"), ("زنجبيل ثالث", "direct")):
        quote(article, text, kind=kind)
    shown = [heard.quotation for heard in hit_of(article, "زنجبيل").heard]
    assert [quotation.text for quotation in shown] == ["زنجبيل ثان", "زنجبيل ثالث"]


def test_without_words_the_quotations_of_the_chosen_speaker_are_shown() -> None:
    one, other = (Speaker.objects.create(key=key, name_ar=key) for key in ("one", "other"))
    article = article_of("كلام أول. كلام ثان")
    quote(article, "كلام أول", speaker=other)
    quote(article, "كلام ثان", speaker=one)
    assert [each.quotation.text for each in hit_of(article, "", one).heard] == ["كلام ثان"]
    assert hit_of(article, "").heard == []


def test_rejected_quotation_is_not_shown() -> None:
    article = article_of("قال زنجبيل")
    quote(article, "زنجبيل", review="rejected")
    assert hit_of(article, "زنجبيل").heard == []


def test_snippet_of_an_excerpt_keeps_to_what_may_be_seen() -> None:
    opening = "كلمة " * EXCERPT_WORDS
    article = article_of(f"{opening}\nزنجبيل سري\nقرنفل علني", rights="excerpt")
    quote(article, "قرنفل علني")
    assert "زنجبيل" not in hit_of(article, "زنجبيل").snippet
    assert "<mark>قرنفل</mark>" in hit_of(article, "قرنفل").snippet


@pytest.mark.parametrize(
    ("text", "quoted", "repeats"),
    [
        ("قال زنجبيل قرنفل", "زنجبيل قرنفل", True),
        (f"زنجبيل أول\n{'كلمة ' * 60} زنجبيل قرنفل", "زنجبيل أول", False),
    ],
)
def test_quotation_that_says_what_the_snippet_says_is_known(text: str, quoted: str, repeats: bool) -> None:
    article = article_of(text)
    quote(article, quoted)
    assert hit_of(article, "زنجبيل قرنفل").repeats is repeats


def test_quotation_is_escaped_and_marked() -> None:
    article = article_of("قال <b>زنجبيل</b>")
    quote(article, "<b>زنجبيل</b>")
    (heard,) = hit_of(article, "زنجبيل").heard
    assert heard.html == "&lt;b&gt;<mark>زنجبيل</mark>&lt;/b&gt;"


def test_hit_of_a_quotation_is_its_words_and_where_they_stand() -> None:
    source = Source.objects.create(key="elaph", name_ar="إيلاف")
    article = article_of("قال: زنجبيل <b>", title="عن <i>", source=source, published_on=date(2021, 6, 28))
    quotation = quotation_of(article, "زنجبيل <b>")
    (hit,) = make_quotation_hits([(quotation.pk, 1.23456, "exact")], clauses("زنجبيل"))
    assert (hit.kind, hit.id, hit.quotation, hit.article) == ("quotation", quotation.pk, quotation, article)
    assert hit.url == f"/articles/{article.pk}/#q{quotation.pk}"
    assert hit.snippet == "<mark>زنجبيل</mark> &lt;b&gt;"
    assert (hit.title, hit.title_html) == ("عن <i>", "عن &lt;i&gt;")
    assert (hit.date, hit.source, hit.score) == (date(2021, 6, 28), "إيلاف", 1.2346)


def test_json_of_a_quotation_says_who_said_it_as_what_and_how() -> None:
    country = Country.objects.create(code="US", name_ar="الولايات المتحدة", name_en="United States")
    speaker = Speaker.objects.create(key="blinken", name_ar="أنتوني بلينكن", country=country)
    term = speaker.terms.create(key="term", title_ar="وزير الخارجية الأميركي")
    article = article_of("قال كلمة. وقيل كلام")
    named = quotation_of(article, "كلمة", speaker=speaker, term=term)
    unnamed = quotation_of(article, "كلام", kind="indirect")
    told = [hit.as_json() for hit in make_quotation_hits([(named.pk, 1, ""), (unnamed.pk, 1, "")], [])]
    fields = ("kind", "article", "said", "speaker", "name", "office", "country")
    assert [[each[name] for name in fields] for each in told] == [
        ["quotation", article.pk, "direct", "blinken", "أنتوني بلينكن", "وزير الخارجية الأميركي", "US"],
        ["quotation", article.pk, "indirect", None, None, None, None],
    ]


def test_long_quotation_is_cut_where_dots_say_so() -> None:
    words = " ".join(f"كلمة{number}" for number in range(WHOLE_QUOTATION))
    article = article_of(f"{words} زنجبيل {words}")
    for text, query, cut in (
        (article.text, "زنجبيل", (True, True)),
        (f"{words} زنجبيل", "زنجبيل", (True, False)),
        (f"زنجبيل {words}", "زنجبيل", (False, True)),
        ("زنجبيل كلمة0", "زنجبيل", (False, False)),
    ):
        quotation = quotation_of(article, text)
        (hit,) = make_quotation_hits([(quotation.pk, 1.0, "exact")], clauses(query))
        assert (hit.snippet.startswith("… "), hit.snippet.endswith(" …")) == cut
        assert "<mark>زنجبيل</mark>" in hit.snippet


def test_quotations_that_cannot_be_seen_are_left_out_and_the_rest_keep_their_order() -> None:
    speaker = Speaker.objects.create(key="one", name_ar="زيد")
    article = article_of("أول ثان ثالث رابع")
    first, second = quotation_of(article, "أول"), quotation_of(article, "ثان")
    rejected = quotation_of(article, "ثالث", review="rejected")
    outer = quotation_of(article, "ثالث رابع", speaker=speaker)
    inner = quotation_of(article, "رابع", speaker=speaker, parent=outer)
    hidden = quotation_of(article_of("كلمة", rights="hidden"), "كلمة")
    asked = [second, rejected, inner, hidden, first, outer]
    hits = make_quotation_hits([(each.pk, 0.0, "") for each in asked], [])
    assert [hit.quotation for hit in hits] == [second, first, outer]


@pytest.mark.parametrize("count", [1, 6])
def test_one_query_for_a_page_of_quotations(django_assert_num_queries, count: int) -> None:
    country = Country.objects.create(code="US", name_ar="الولايات المتحدة", name_en="United States")
    speaker = Speaker.objects.create(key="blinken", name_ar="أنتوني بلينكن", country=country)
    source = Source.objects.create(key="elaph", name_ar="إيلاف")
    rows = [
        quotation_of(article_of("قال كلمة", source=source), "كلمة", speaker=speaker) for _each in range(count)
    ]
    with django_assert_num_queries(1):
        hits = make_quotation_hits([(row.pk, 1.0, "exact") for row in rows], clauses("كلمة"))
        assert all(hit.as_json()["country"] and hit.source for hit in hits)
        assert all(hit.quotation.speaker.country.name_ar for hit in hits)
