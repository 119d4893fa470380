"""A site to walk through: the reference data, the five seeds, and articles made for these tests."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from archive.models import (
    Article,
    ArticleCountry,
    Country,
    FieldOrigin,
    Meeting,
    Original,
    Quotation,
    Revision,
    Source,
    Speaker,
)
from search.indexing import build_index

# A text with everything that the article page has to show: page furniture on both sides, a subheading,
# words verbatim inside reported ones, a speaker known by the title alone, one not known at all.
TEXT = "\n".join(
    [
        "الرئيسية أخبار العالم",
        "قال جاووش أوغلو إن بلاده هي «الدولة الوحيدة» التي حاربت في الجبهات.",
        "في المؤتمر",
        "وأكد الوزير السعودي: «نحن مستمرون في الحرب».",
        "وأضاف مصدر أن الأمر انتهى & تم.",
        "اشترك في نشرتنا البريدية",
    ]
)


def span(words: str) -> dict[str, int]:
    """Where ``words`` stand in ``TEXT``."""
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words)}


def make_article(title: str, **values: Any) -> Article:
    """An article with ``TEXT``, its paragraphs and its subheading."""
    lines = TEXT.split("\n")
    values.setdefault("body", [span(lines[1]), span(lines[3]), span(lines[4])])
    values.setdefault("sections", [span(lines[2])])
    values.setdefault("text", TEXT)
    if values.get("published_on"):
        values.setdefault("date_basis", "explicit")
    return Article.objects.create(
        title=title, headline=title, title_basis="explicit", text_sha256="0" * 64, **values
    )


def quote(article: Article, kind: str, words: str, **values: Any) -> Quotation:
    row = Quotation(article=article, kind=kind, confidence=0.9, **span(words), **values)
    row.save()
    return row


def fill_site() -> SimpleNamespace:
    """The rows that the seeds do not have: rights, nested quotations, unknown and unsure speakers."""
    turkey = Country.objects.get(code="TR")
    outlet = Source.objects.create(key="test-outlet", name_ar="صحيفة الاختبار", rights="full")
    closed = Source.objects.create(key="closed-outlet", name_ar="صحيفة مغلقة", rights="hidden")
    speaker = Speaker.objects.create(
        key="test-speaker", name_ar="وزير الاختبار", short_name="الاختبار", country=turkey
    )
    unsure = speaker.terms.create(key="test-term", title_ar="وزير الاختبار التركي", sure=False)
    meeting = Meeting.objects.create(
        key="test-meeting",
        kind="ministerial",
        name_ar="اجتماع الاختبار",
        short_name_ar="الاختبار 2022",
        starts_on=date(2022, 5, 11),
        ends_on=date(2022, 5, 12),
    )
    full = make_article("مادة الاختبار", source=outlet, published_on=date(2022, 5, 11), meeting=meeting)
    outer = quote(
        full,
        "indirect",
        "إن بلاده هي «الدولة الوحيدة» التي حاربت في الجبهات",
        speaker=speaker,
        resolution="named",
    )
    inner = quote(full, "direct", "الدولة الوحيدة", speaker=speaker, resolution="named", parent=outer)
    surface = span("الوزير السعودي")
    titled = quote(
        full,
        "direct",
        "نحن مستمرون في الحرب",
        speaker=speaker,
        term=unsure,
        resolution="role",
        surface_start=surface["start"],
        surface_end=surface["end"],
        via=["وكالة الأنباء"],
    )
    nobody = quote(full, "indirect", "أن الأمر انتهى & تم", resolution="none", review="needed")
    ArticleCountry.objects.create(
        article=full,
        country=turkey,
        role="primary",
        evidence=[{"text": "جاووش أوغلو", **span("جاووش أوغلو"), "kind": "name"}],
    )
    FieldOrigin.objects.create(
        article=full,
        field="published_on",
        origin="inferred",
        basis="event",
        evidence=[{"text": "في المؤتمر", **span("في المؤتمر")}],
    )
    original = Original.objects.create(sha256="ab" * 32, content=TEXT.encode(), size=len(TEXT.encode()))
    Revision.objects.create(
        article=full,
        number=1,
        original=original,
        path="/private/folder/file.txt",
        encoding="utf-8",
        text_sha256="0" * 64,
    )
    excerpt = make_article(
        "مادة مقتطفة", source=outlet, rights="excerpt", url="https://example.org/whole", published_on=None
    )
    quote(excerpt, "direct", "نحن مستمرون في الحرب", speaker=speaker, resolution="named")
    quote(excerpt, "indirect", "الأمر انتهى", speaker=speaker, resolution="named", form="headline")
    hidden = make_article("مادة مخفية", source=outlet, rights="hidden", published_on=date(2022, 5, 12))
    quote(hidden, "direct", "نحن مستمرون في الحرب", speaker=speaker, resolution="named")
    silent = Source.objects.create(key="silent-outlet", name_ar="صحيفة صامتة")
    awaited = Meeting.objects.create(
        key="awaited-meeting",
        kind="ministerial",
        name_ar="اجتماع منتظر",
        short_name_ar="منتظر 2023",
        starts_on=date(2023, 6, 8),
        ends_on=date(2023, 6, 8),
        sure=True,
    )
    closed_article = make_article("مادة محجوبة", source=closed, published_on=date(2022, 5, 13))
    return SimpleNamespace(
        full=full,
        excerpt=excerpt,
        hidden=hidden,
        closed=closed,
        closed_article=closed_article,
        outlet=outlet,
        silent=silent,
        awaited=awaited,
        speaker=speaker,
        meeting=meeting,
        outer=outer,
        inner=inner,
        titled=titled,
        nobody=nobody,
    )


@pytest.fixture(scope="module")
def filled_site(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SimpleNamespace]:
    folder = tmp_path_factory.mktemp("site")
    with (
        pytest.MonkeyPatch.context() as patch,
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        patch.setitem(settings.HAYSTACK_CONNECTIONS["default"], "PATH", str(folder / "index"))
        patch.setattr(settings, "MEDIA_ROOT", folder / "media")
        call_command("load_reference", verbosity=0)
        call_command("import_articles", str(settings.FIXTURES_DIR / "seeds"), verbosity=0)
        rows = fill_site()
        build_index()
        yield rows
        transaction.set_rollback(True)


@pytest.fixture
def site(filled_site: SimpleNamespace, db: None) -> SimpleNamespace:
    """The rows of ``fill_site``, in a site with the seeds; a test's changes are gone after it."""
    return deepcopy(filled_site)
