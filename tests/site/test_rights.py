"""What the public may see: everything, an excerpt with the quotations, or nothing at all."""

import pytest
from django.urls import reverse

from archive.models import Article, Source, Speaker
from archive.transcript import plain_text
from archive.views.articles import EXCERPT_WORDS, read_opening

LISTS = ["/", "/articles/", "/speakers/", "/countries/", "/sources/", "/meetings/", "/about/"]


def page(client, address):
    return client.get(address).content.decode()


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("which", ["hidden", "closed_article"])
def test_a_hidden_article_has_no_page_and_no_share_image(client, site, language, which):
    article = getattr(site, which)
    assert client.get(f"{language}/articles/{article.pk}/").status_code == 404
    assert client.get(f"{language}/articles/{article.pk}/card.png").status_code == 404


def test_a_hidden_article_is_named_nowhere(client, site):
    addresses = [
        *LISTS,
        "/search/?q=مادة",
        site.speaker.get_absolute_url(),
        site.outlet.get_absolute_url(),
        "/countries/TR/",
    ]
    for address in addresses:
        text = page(client, address)
        for article in (site.hidden, site.closed_article):
            assert article.title not in text, address
            assert f"/articles/{article.pk}/" not in text, address


def test_a_hidden_article_does_not_count(client, site):
    shown = Article.objects.published().count()
    assert f'<a href="/articles/">{shown} مواد</a>' in page(client, "/")
    # Full and excerpt count; hidden does not.
    assert "<li>مادتان</li>" in page(client, site.outlet.get_absolute_url())


def test_an_outlet_whose_articles_are_all_hidden_has_no_page(client, site):
    assert client.get(reverse("source", args=[site.closed.key])).status_code == 404
    assert site.closed.name_ar not in page(client, "/sources/")


def test_an_excerpt_shows_facts_quotations_and_the_way_to_the_publisher(client, site):
    text = page(client, site.excerpt.get_absolute_url())
    assert "مقتطف لا أكثر" in text
    assert 'href="https://example.org/whole"' in text
    assert "نحن مستمرون في الحرب" in text
    assert 'class="n"' not in text


def as_excerpt(site):
    site.full.rights = "excerpt"
    site.full.save()
    return site.full.get_absolute_url()


def test_an_excerpt_shows_what_stood_inside_a_rejected_quotation(client, site):
    site.outer.review = "rejected"
    site.outer.save()
    text = page(client, as_excerpt(site))
    assert text.count(f'id="q{site.inner.pk}"') == 1
    assert f'id="q{site.outer.pk}"' not in text


def test_an_excerpt_gives_another_speakers_words_inside_a_quotation_a_row_of_their_own(client, site):
    address = as_excerpt(site)
    rows = page(client, address).count('<div class="matn"><blockquote')
    site.inner.speaker = Speaker.objects.get(key="blinken")
    site.inner.save()
    text = page(client, address)
    assert text.count('<div class="matn"><blockquote') == rows + 1
    assert text.count(f'id="q{site.inner.pk}"') == 1


def test_a_quotation_in_the_title_of_an_excerpt_is_one_target(client, site):
    site.titled.form = "headline"
    site.titled.save()
    assert page(client, as_excerpt(site)).count(f'id="q{site.titled.pk}"') == 1


@pytest.mark.parametrize(("needs_review", "status"), [(True, 404), (False, 200)])
def test_a_speaker_met_in_hidden_articles_alone_has_no_page(client, site, needs_review, status):
    met = Speaker.objects.create(key="met", name_ar="اسم من مادة مخفية", needs_review=needs_review)
    site.hidden.quotations.update(speaker=met)
    assert client.get(met.get_absolute_url()).status_code == status


def test_a_speaker_met_in_a_published_article_has_a_page_before_review(client, site):
    Speaker.objects.filter(pk=site.speaker.pk).update(needs_review=True)
    assert client.get(site.speaker.get_absolute_url()).status_code == 200


def test_an_outlet_of_hidden_articles_has_no_page_whatever_its_own_rights(client, site):
    Source.objects.filter(pk=site.closed.pk).update(rights="full")
    site.closed_article.rights = "hidden"
    site.closed_article.save()
    assert client.get(site.closed.get_absolute_url()).status_code == 404
    assert client.get(site.silent.get_absolute_url()).status_code == 200


def test_an_excerpt_stops_after_its_words(site):
    text = " ".join(f"كلمة{number}" for number in range(200))
    article = Article(text=text, body=[{"start": 0, "end": len(text)}])
    (opening,) = read_opening(article)
    assert len(plain_text(opening.turn.tokens).split()) <= EXCERPT_WORDS


def test_the_words_after_an_excerpt_are_nowhere_on_its_page(client, site):
    text = "\n".join(["أول " * 40, "وسط " * 40, "الكلمات الأخيرة السرية"])
    starts = [0, text.index("وسط"), text.index("الكلمات")]
    site.excerpt.text = text
    site.excerpt.body = [
        {"start": start, "end": end}
        for start, end in zip(starts, [starts[1] - 1, starts[2] - 1, len(text)], strict=True)
    ]
    site.excerpt.sections = []
    site.excerpt.quotations.all().delete()
    site.excerpt.save()
    assert "السرية" not in page(client, site.excerpt.get_absolute_url())


def test_an_article_can_be_opener_than_its_outlet(client, site):
    Source.objects.filter(pk=site.outlet.pk).update(rights="hidden")
    site.full.rights = "full"
    site.full.save()
    assert client.get(site.full.get_absolute_url()).status_code == 200
