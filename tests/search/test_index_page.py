"""The page of the search index in the admin."""

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from archive.models import Article, Change
from search import admin
from search.engine.store import IndexStore
from search.entries import index_store
from search.indexing import drain_changes
from search.models import IndexEvent, record_event
from tests.search.conftest import article_of

ADDRESS = "/admin/search/indexevent/"


@pytest.fixture
def keeper(db: None, client: Client) -> Client:
    """Signed in as one of the staff who may see the queue of changes, and nothing else."""
    user = User.objects.create_user("keeper", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_change"))
    client.force_login(user)
    return client


def page(client: Client, **query: object) -> str:
    response = client.get(ADDRESS, query)
    assert response.status_code == 200
    return response.content.decode()


def lost_article() -> Article:
    article = article_of("كلمة")
    Change.objects.all().delete()
    return article


def damage(store: IndexStore) -> Path:
    [path] = (store.folder / store.generation() / "articles").glob("*.seg")
    path.write_bytes(path.read_bytes()[:-1])
    return path


def test_page_of_a_sound_index_says_that_it_agrees(keeper: Client, empty_index: Path) -> None:
    html = page(keeper)
    assert '<li class="success">الفهرس مطابق لقاعدة البيانات' in html
    assert index_store().generation() in html


def test_front_page_leads_to_it(keeper: Client, empty_index: Path) -> None:
    assert f'"{ADDRESS}"' in keeper.get(reverse("admin:index")).content.decode()


def test_page_is_for_those_who_may_see_the_queue(client: Client, empty_index: Path) -> None:
    assert client.get(ADDRESS).status_code == 302
    client.force_login(User.objects.create_user("reader"))
    assert client.get(ADDRESS).status_code == 302
    client.force_login(User.objects.create_user("staff", is_staff=True))
    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS).status_code == 403


def test_events_cannot_be_added_or_changed(admin_client: Client, empty_index: Path) -> None:
    assert admin_client.get(f"{ADDRESS}add/").status_code == 403
    record_event(IndexEvent.Kind.REBUILT)
    event = IndexEvent.objects.first()
    assert event
    assert admin_client.post(f"{ADDRESS}{event.pk}/change/", {"detail": "x"}).status_code == 403


def test_what_differs_is_linked(keeper: Client, empty_index: Path) -> None:
    article = lost_article()
    html = page(keeper)
    assert '<li class="error">يختلف مدخل واحد' in html
    assert f'<a href="{reverse("admin:archive_article_change", args=[article.pk])}">{article.pk}</a>' in html


def test_only_the_first_are_linked_and_the_rest_counted(
    keeper: Client, empty_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admin, "SHOWN", 1)
    first, second = lost_article(), lost_article()
    html = page(keeper)
    assert reverse("admin:archive_article_change", args=[first.pk]) in html
    assert reverse("admin:archive_article_change", args=[second.pk]) not in html
    assert "وواحد غيرها" in html


def test_large_archive_is_compared_when_asked(
    keeper: Client, empty_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admin, "COMPARED_AT_ONCE", 0)
    article = lost_article()
    address = reverse("admin:archive_article_change", args=[article.pk])
    assert address not in page(keeper)
    assert address in page(keeper, compare=1)


def test_repair_indexes_what_differs(keeper: Client, empty_index: Path) -> None:
    lost_article()
    response = keeper.post(ADDRESS, follow=True)
    assert response.redirect_chain == [(ADDRESS, 302)]
    html = response.content.decode()
    assert "فُهرس ما كان مختلفاً من جديد." in html
    assert "الفهرس مطابق لقاعدة البيانات" in html


def test_repair_of_a_sound_index_has_nothing_to_do(keeper: Client, empty_index: Path) -> None:
    before = index_store().snapshot()
    assert "لم يكن ثمة ما يُصلَح." in keeper.post(ADDRESS, follow=True).content.decode()
    assert index_store().snapshot() is before


def test_repair_builds_a_damaged_index_anew(keeper: Client, empty_index: Path) -> None:
    article_of("كلمة")
    drain_changes()
    path = damage(index_store())
    html = page(keeper)
    assert path.name in html
    assert "تلف ملف واحد" in html
    html = keeper.post(ADDRESS, follow=True).content.decode()
    assert "بُني الفهرس من جديد." in html
    assert "الفهرس مطابق لقاعدة البيانات" in html


def test_repair_that_fails_says_so(
    keeper: Client, index_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_arguments: object, **_options: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(IndexStore, "rebuild", refused)
    html = keeper.post(ADDRESS, follow=True).content.decode()
    assert "تعذّر بناء الفهرس" in html
    assert "No space left on device" in html


def test_repair_that_cannot_write_says_that_it_is_queued(
    keeper: Client, empty_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_arguments: object, **_options: object) -> None:
        raise OSError("No space left on device")

    lost_article()
    monkeypatch.setattr(IndexStore, "write", refused)
    html = keeper.post(ADDRESS, follow=True).content.decode()
    assert "محفوظ في قائمة الانتظار" in html
    assert "No space left on device" in html


def test_missing_index_is_told_with_the_reason(keeper: Client, index_folder: Path) -> None:
    assert "الفهرس لا يصلح للاستعمال" in page(keeper)


def test_queue_and_the_last_error_are_shown(keeper: Client, empty_index: Path) -> None:
    article_of("كلمة")
    record_event(IndexEvent.Kind.FAILED, "OSError: No space left on device")
    html = page(keeper)
    assert "تغيير واحد ينتظر الفهرسة." in html
    assert "No space left on device" in html
    assert "زال بعد ذلك" not in html
    drain_changes()
    assert "زال بعد ذلك" in page(keeper)


def test_details_are_escaped(keeper: Client, empty_index: Path) -> None:
    record_event(IndexEvent.Kind.FAILED, "<script>x</script>")
    assert "<script>x" not in page(keeper)


def test_page_is_in_english_too(keeper: Client, empty_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "LANGUAGE_CODE", "en")
    assert '<li class="success">The index says what the database says' in page(keeper)
