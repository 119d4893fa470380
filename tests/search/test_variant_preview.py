"""What a curator is shown of a spelling before or after adding it."""

from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from archive.models import LexiconEntry, NameVariant, Speaker, TermOfOffice
from search import variant_preview
from search.indexing import drain_changes
from search.variant_preview import preview
from tests.search.conftest import article_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def blinken(empty_index: Path) -> Speaker:
    """Two articles have his name as it is known, one has it as it is not, one has both."""
    speaker = Speaker.objects.create(key="blinken", name_ar="أنتوني بلينكن")
    for text in ("أنتوني بلينكن", "بلينكن"):
        NameVariant.objects.create(speaker=speaker, text=text)
    for day, text in enumerate(
        ("وصل بلينكن إلى روما.", "التقى أنتوني بلينكن نظيره.", "رحب وبلنكاين بالوفود.", "بلينكن أي بلنكاين."),
        start=1,
    ):
        article_of(text, title=f"مادة {day}", published_on=date(2021, 6, day))
    drain_changes()
    return speaker


@pytest.fixture
def curator() -> User:
    user = User.objects.create_user("curator", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["change_speaker", "view_speaker"]))
    return user


def page(client: Client, **query: object) -> str:
    response = client.get(reverse("search_variant_preview"), query)
    assert response.status_code == 200
    return response.content.decode()


def test_only_what_the_other_spellings_do_not_find_is_added(blinken: Speaker) -> None:
    shown = preview(blinken, "بلنكاين")
    assert (shown.count, shown.matched, shown.present) == (1, 2, 3)
    assert [hit.title for hit in shown.hits] == ["مادة 3"]
    assert "<mark>وبلنكاين</mark>" in shown.hits[0].snippet


def test_spelling_that_is_saved_is_told_the_same(blinken: Speaker) -> None:
    before = preview(blinken, "بلنكاين")
    NameVariant.objects.create(speaker=blinken, text="بلنكاين")
    after = preview(blinken, "بلنكاين")
    assert (after.count, after.matched, after.present) == (before.count, before.matched, before.present)


def test_spelling_that_is_found_already_adds_nothing(blinken: Speaker) -> None:
    shown = preview(blinken, "أنتونى بلينكن")
    assert (shown.count, shown.hits, shown.rest) == (0, [], 0)


def test_the_newest_are_shown_and_the_rest_is_counted(
    blinken: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(variant_preview, "SHOWN", 1)
    shown = preview(blinken, "روما")
    assert shown.rest == 0
    shown = preview(Speaker.objects.create(key="other", name_ar="آخر"), "بلينكن")
    assert (shown.count, [hit.title for hit in shown.hits], shown.rest) == (3, ["مادة 4"], 2)


def test_title_is_warned_of(blinken: Speaker) -> None:
    TermOfOffice.objects.create(key="blinken--1", speaker=blinken, title_ar="وزير الخارجية الأميركي")
    assert len(preview(blinken, "وزير الخارجية الأميركي").warnings) == 1


@pytest.mark.parametrize(
    ("text", "count"), [("الوزير بلينكن", 1), ("وزير", 1), ("الشيخ بلينكن", 0), ("بلينكن الوزير", 0)]
)
def test_word_that_opens_titles_is_warned_of(blinken: Speaker, text: str, count: int) -> None:
    LexiconEntry.objects.create(category="title", text="وزير", attributes={"feminine": "وزيرة"})
    LexiconEntry.objects.create(category="title", text="شيخ", attributes={"prefix": True})
    assert len(preview(blinken, text).warnings) == count


def test_variant_that_does_not_stand_alone_is_warned_of(blinken: Speaker) -> None:
    NameVariant.objects.create(speaker=blinken, text="أنتوني", alone=False)
    assert len(preview(blinken, "أنتوني").warnings) == 1


def test_spelling_of_another_speaker_is_warned_of(blinken: Speaker) -> None:
    other = Speaker.objects.create(key="other", name_ar="سامح شكري")
    NameVariant.objects.create(speaker=other, text="شكري")
    [warning] = preview(blinken, "شكرى").warnings
    assert "سامح شكري" in warning


def test_word_that_searches_leave_out_is_warned_of(blinken: Speaker) -> None:
    LexiconEntry.objects.create(category="stop_word", text="إلى")
    assert len(preview(blinken, "الى").warnings) == 1


def test_spelling_in_very_many_articles_is_warned_of(
    blinken: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert preview(blinken, "روما").warnings == []
    monkeypatch.setattr(variant_preview, "COMMON_COUNT", 1)
    assert len(preview(blinken, "روما").warnings) == 1


@pytest.mark.parametrize("text", ["…", "«»", "\u0640"])
def test_text_without_a_word_gets_a_sentence(blinken: Speaker, text: str) -> None:
    shown = preview(blinken, text)
    assert (shown.count, len(shown.warnings)) == (0, 1)


def test_missing_index_gets_a_sentence(index_folder: Path, db: None) -> None:
    speaker = Speaker.objects.create(key="blinken", name_ar="أنتوني بلينكن")
    shown = preview(speaker, "بلينكن")
    assert (shown.count, len(shown.warnings)) == (0, 1)


def test_page_shows_the_passage(blinken: Speaker, curator: User, client: Client) -> None:
    client.force_login(curator)
    html = page(client, speaker=blinken.pk, text="بلنكاين")
    assert "<mark>وبلنكاين</mark>" in html
    assert 'value="بلنكاين"' in html


def test_page_without_a_text_only_asks_for_one(blinken: Speaker, curator: User, client: Client) -> None:
    client.force_login(curator)
    html = page(client, speaker=blinken.pk)
    assert 'name="text"' in html
    assert "<ol>" not in html


def test_text_is_escaped_and_cut(blinken: Speaker, curator: User, client: Client) -> None:
    client.force_login(curator)
    html = page(client, speaker=blinken.pk, text="<script>\x00" + "ب" * 1000)
    assert "<script>\x00" not in html
    assert "ب" * 161 not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("speaker", ["", "0", "-1", "²", "9" * 30, "blinken"])
def test_unknown_speaker_is_not_found(curator: User, client: Client, speaker: str) -> None:
    client.force_login(curator)
    response = client.get(reverse("search_variant_preview"), {"speaker": speaker, "text": "بلينكن"})
    assert response.status_code == 404


def test_page_is_for_those_who_may_change_speakers(blinken: Speaker, client: Client) -> None:
    address = reverse("search_variant_preview", query={"speaker": blinken.pk})
    assert client.get(address).status_code == 302
    client.force_login(User.objects.create_user("reader"))
    assert client.get(address).status_code == 302
    client.force_login(User.objects.create_user("staff", is_staff=True))
    assert client.get(address).status_code == 403


def test_speakers_page_leads_to_the_preview(blinken: Speaker, curator: User, client: Client) -> None:
    variants = Permission.objects.filter(codename__endswith="_namevariant")
    curator.user_permissions.add(*variants)
    client.force_login(curator)
    html = client.get(reverse("admin:archive_speaker_change", args=[blinken.pk])).content.decode()
    assert f'"{reverse("search_variant_preview")}?speaker={blinken.pk}"' in html
    assert html.count(reverse("search_variant_preview")) == 3  # one for each variant, and one to try another


def test_who_saves_a_new_variant_is_led_to_the_preview(blinken: Speaker, admin_client: Client) -> None:
    values = {"speaker": blinken.pk, "text": "بلنكاين", "alone": "on"}
    response = admin_client.post(reverse("admin:archive_namevariant_add"), values, follow=True)
    address = reverse("search_variant_preview", query={"speaker": blinken.pk, "text": "بلنكاين"})
    assert f'<a href="{address}">'.replace("&", "&amp;") in response.content.decode()
