"""Figures on the pages of a meeting and of an article."""

import re

from archive.models import Article, Meeting


def read(client, address):
    return re.sub(r"\s+", " ", client.get(address).content.decode())


def test_a_meeting_compares_what_its_articles_count(client, site):
    page = read(client, "/meetings/rome-2021/")
    assert "الأرقام بين مادة وأخرى" in page
    assert "436 مليون دولار" in page
    assert 'href="/meetings/rome-2021/figures/"' in page


def test_evidence_leads_to_the_quotation_that_states_it(client, site):
    page = read(client, "/meetings/rome-2021/figures/")
    linked = re.findall(r'<b>436 مليون دولار[^<]*</b>.*?<a href="(/articles/\d+/#q\d+)"', page)
    assert len(linked) >= 2
    for address in linked:
        path, _hash, anchor = address.partition("#")
        assert f'id="{anchor}"' in read(client, path)


def test_the_page_of_figures_lists_every_one(client, site):
    page = read(client, "/meetings/rome-2021/figures/")
    meeting = Meeting.objects.get(key="rome-2021")
    for article in Article.objects.published().filter(meeting=meeting):
        for figure in article.figures.all():
            assert figure.name in page
    assert read(client, "/en/meetings/rome-2021/figures/").count("agreeing") >= 2


def test_a_meeting_without_figures_says_nothing_of_them(client, site):
    assert 'id="figures"' not in read(client, f"/meetings/{site.awaited.key}/")
    assert client.get(f"/meetings/{site.awaited.key}/figures/").status_code == 200
    assert client.get("/meetings/no-such-meeting/figures/").status_code == 404


def test_an_article_lists_its_figures_with_their_places(client, site):
    article = Article.objects.get(figures__text="436 مليون دولار أميركي")
    page = read(client, f"/articles/{article.pk}/")
    section = page.partition('aria-labelledby="figures"')[2].partition("</section>")[0]
    assert section.count("<li>") == len({row.name for row in article.figures.all()})
    for anchor in re.findall(r'href="#([^"]+)"', section):
        assert f'id="{anchor}"' in page
