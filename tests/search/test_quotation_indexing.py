"""What is said in articles: in their entries, and when quotations or speakers change."""

from datetime import date
from pathlib import Path

import pytest

from archive.identities import merge_speakers
from archive.models import Article, Country, Quotation, Source, Speaker
from search.engine import store
from search.engine.documents import Document, Entry
from search.engine.schema import QUOTATIONS
from search.face import search
from search.indexing import drain_changes, entries, index_store
from tests.search.conftest import article_of, quotation_of


def said(query: str) -> set[int]:
    return {hit.id for hit in search(query, kind=QUOTATIONS).hits}


def filed(field: str, value: str) -> set[int]:
    """The quotations that the index has under a value of a field."""
    snapshot = index_store().snapshot(QUOTATIONS)
    return set(snapshot.primary_keys[snapshot.having(field, [value])].tolist())


@pytest.fixture
def blinken(db: None) -> Speaker:
    return Speaker.objects.create(key="blinken", name_ar="أنتوني بلينكن", country=country("US"))


def country(code: str) -> Country:
    return Country.objects.get_or_create(code=code, defaults={"name_ar": code, "name_en": code})[0]


def test_entry_has_the_article_and_what_is_said_in_it(empty_index: Path, blinken: Speaker) -> None:
    outlet = Source.objects.create(key="elaph", name_ar="إيلاف")
    article = article_of("قال زنجبيل هنا", headline="عنوان", published_on=date(2021, 6, 28), source=outlet)
    article.country_links.create(country=country("TR"), role="primary")
    quotation = quotation_of(article, "زنجبيل", speaker=blinken, kind="indirect")
    shared = {"speaker": [str(blinken.pk)], "source": [str(outlet.pk)], "kind": ["indirect"]}
    day = date(2021, 6, 28)
    assert list(entries([article.pk])) == [
        Entry(
            article.pk,
            [
                Document(
                    article.pk,
                    article.pk,
                    "عنوان\n\nقال زنجبيل هنا",
                    "عنوان",
                    day,
                    shared | {"country": ["TR"]},
                )
            ],
            [Document(quotation.pk, article.pk, "زنجبيل", None, day, shared | {"country": ["US"]})],
        )
    ]


def test_entry_of_what_is_gone_or_out_of_sight_is_empty(empty_index: Path) -> None:
    hidden = article_of("كلمة زنجبيل", rights="hidden")
    quotation_of(hidden, "زنجبيل")
    assert list(entries([hidden.pk, hidden.pk + 1])) == [Entry(hidden.pk), Entry(hidden.pk + 1)]


def test_many_articles_cost_a_few_database_queries(
    empty_index: Path, blinken: Speaker, django_assert_max_num_queries
) -> None:
    for number in range(12):
        quotation_of(article_of(f"كلمة زنجبيل {number}"), "زنجبيل", speaker=blinken)
    with django_assert_max_num_queries(3):
        assert sum(len(entry.quotations) for entry in entries(None)) == 12


def test_created_edited_and_deleted_quotations_are_searchable_at_once(empty_index: Path) -> None:
    quotation = quotation_of(article_of("كلمة زنجبيل وقرنفل"), "زنجبيل")
    drain_changes()
    assert said("زنجبيل") == {quotation.pk}
    quotation.start = 12
    quotation.end = 18
    quotation.save()
    drain_changes()
    assert (said("زنجبيل"), said("قرنفل")) == (set(), {quotation.pk})
    quotation.delete()
    drain_changes()
    assert said("قرنفل") == set()


def test_quotations_of_a_deleted_article_leave_with_it(empty_index: Path) -> None:
    article = article_of("كلمة زنجبيل")
    quotation_of(article, "زنجبيل")
    drain_changes()
    article.delete()
    drain_changes()
    assert said("زنجبيل") == set()
    assert not index_store().snapshot(QUOTATIONS).live.any()


def test_quotations_of_a_hidden_article_leave_and_come_back(empty_index: Path) -> None:
    article = article_of("كلمة زنجبيل")
    quotation = quotation_of(article, "زنجبيل")
    Article.objects.update(rights="hidden")
    drain_changes()
    assert said("زنجبيل") == set()
    Article.objects.update(rights="")
    drain_changes()
    assert said("زنجبيل") == {quotation.pk}


def test_rejected_quotation_is_no_longer_found(empty_index: Path, blinken: Speaker) -> None:
    quotation = quotation_of(article_of("كلمة زنجبيل"), "زنجبيل", speaker=blinken)
    drain_changes()
    Quotation.objects.filter(pk=quotation.pk).update(review="rejected")
    drain_changes()
    assert said("زنجبيل") == set()
    snapshot = index_store().snapshot()
    assert not snapshot.having("speaker", [str(blinken.pk)]).any()


def test_part_of_a_quotation_is_found_by_itself_only_without_the_whole(
    empty_index: Path, blinken: Speaker
) -> None:
    article = article_of("كلمة زنجبيل هنا")
    whole = quotation_of(article, "كلمة زنجبيل هنا", speaker=blinken, kind="indirect")
    part = quotation_of(article, "زنجبيل", speaker=blinken, parent=whole)
    drain_changes()
    assert said("زنجبيل") == {whole.pk}
    Quotation.objects.filter(pk=whole.pk).update(review="rejected")
    drain_changes()
    assert said("زنجبيل") == {part.pk}


def test_article_has_the_kinds_of_all_its_quotations(empty_index: Path, blinken: Speaker) -> None:
    article = article_of("كلمة زنجبيل هنا")
    whole = quotation_of(article, "كلمة زنجبيل هنا", speaker=blinken, kind="indirect")
    quotation_of(article, "زنجبيل", speaker=blinken, parent=whole)
    drain_changes()
    snapshot = index_store().snapshot()
    assert [snapshot.having("kind", [kind]).sum() for kind in ("direct", "indirect")] == [1, 1]


def test_what_an_article_says_of_itself_reaches_its_quotations(empty_index: Path) -> None:
    article = article_of("كلمة زنجبيل")
    quotation = quotation_of(article, "زنجبيل")
    drain_changes()
    article.source = Source.objects.create(key="elaph", name_ar="إيلاف")
    article.save()
    drain_changes()
    assert filed("source", str(article.source.pk)) == {quotation.pk}


@pytest.mark.parametrize(("before", "after"), [("US", "TR"), (None, "TR"), ("US", None)])
def test_quotations_follow_the_country_of_their_speaker(
    empty_index: Path, before: str | None, after: str | None
) -> None:
    speaker = Speaker.objects.create(key="x", name_ar="س", country=before and country(before))
    other = quotation_of(article_of("كلمة زنجبيل"), "زنجبيل")
    quotation = quotation_of(article_of("كلمة زنجبيل"), "زنجبيل", speaker=speaker)
    drain_changes()
    speaker.country = after and country(after)
    speaker.save()
    drain_changes()
    assert filed("country", "US") == set()
    assert filed("country", "TR") == ({quotation.pk} if after else set())
    assert said("زنجبيل") == {quotation.pk, other.pk}


def test_country_that_speakers_leave_may_go_with_the_same_changes(
    empty_index: Path, blinken: Speaker
) -> None:
    quotation_of(article_of("كلمة زنجبيل"), "زنجبيل", speaker=blinken)
    drain_changes()
    Speaker.objects.update(country=None)
    Country.objects.all().delete()
    drain_changes()
    assert filed("country", "US") == set()


def test_another_name_of_a_speaker_leaves_the_index_alone(empty_index: Path, blinken: Speaker) -> None:
    quotation_of(article_of("كلمة زنجبيل"), "زنجبيل", speaker=blinken)
    drain_changes()
    before = index_store().snapshot(QUOTATIONS)
    blinken.name_ar = "بلينكن"
    blinken.save()
    assert drain_changes() == 1
    assert index_store().snapshot(QUOTATIONS) is before


def test_merged_speakers_have_their_quotations_together(
    empty_index: Path, blinken: Speaker, admin_user
) -> None:
    other = Speaker.objects.create(key="blinkin", name_ar="بلينكين", country=country("TR"))
    quotation = quotation_of(article_of("كلمة زنجبيل"), "زنجبيل", speaker=other)
    drain_changes()
    merge_speakers(kept=blinken, merged=[other], user=admin_user)
    drain_changes()
    assert filed("speaker", str(other.pk)) == filed("country", "TR") == set()
    assert filed("speaker", str(blinken.pk)) == filed("country", "US") == {quotation.pk}


def test_speakers_are_looked_at_when_the_lock_is_held(
    empty_index: Path, blinken: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another writer may have read the speaker before the change, and written it after we were asked."""
    article = article_of("كلمة زنجبيل")
    quotation = quotation_of(article, "زنجبيل", speaker=blinken)
    drain_changes()
    blinken.country = country("TR")
    blinken.save()
    real, stale = store.IndexStore.write, list(entries([article.pk]))
    stale[0].quotations[0].keys["country"] = ["EG"]

    def write_after_another(self, given, **options):
        real(self, stale)
        real(self, given, **options)

    with monkeypatch.context() as patch:
        patch.setattr(store.IndexStore, "write", write_after_another)
        drain_changes()
    assert filed("country", "TR") == {quotation.pk}
