"""Every page in both languages: it answers, it is valid HTML, and its links lead somewhere."""

import re
from collections import Counter

import html5lib
import pytest

from tests.site.addresses import LANGUAGES, page_addresses

PRESENTATION_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufeff]")
XHTML = "{http://www.w3.org/1999/xhtml}"


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def parsed(page):
    """The tree of a page. Raises on the first error in its HTML."""
    return html5lib.HTMLParser(strict=True).parse(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_page_is_sound(client, site, language):
    for address in page_addresses(site):
        address = LANGUAGES[language] + address
        page = read(client, address)
        tree = parsed(page)
        assert tree.get("lang") == language, address
        assert tree.get("dir") == {"ar": "rtl", "en": "ltr"}[language], address
        assert len(tree.findall(f".//{XHTML}h1")) == 1, address
        identifiers = Counter(element.get("id") for element in tree.iter() if element.get("id"))
        assert [name for name, count in identifiers.items() if count > 1] == [], address
        assert not PRESENTATION_FORMS.search(page), address


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_describes_itself(client, site, language):
    for address in page_addresses(site):
        tree = parsed(read(client, LANGUAGES[language] + address))
        assert tree.find(f".//{XHTML}title").text.strip(), address
        metas = {meta.get("name") or meta.get("property"): meta for meta in tree.iter(f"{XHTML}meta")}
        assert metas["description"].get("content").strip(), address
        links = [(link.get("rel"), link.get("hreflang")) for link in tree.iter(f"{XHTML}link")]
        for wanted in [("canonical", None), *(("alternate", code) for code in ("ar", "en", "x-default"))]:
            assert links.count(wanted) == 1, (address, wanted)


def test_internal_links_resolve_and_point_at_something(client, site):
    """From the first pages of both languages to everything that can be reached."""
    waiting, seen, targets = ["/", "/en/"], set(), {}
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        assert len(seen) < 1500, "the site has grown beyond what this test walks"
        page = read(client, address)
        targets[address] = set(re.findall(r'\bid="([^"]+)"', page))
        assert not PRESENTATION_FORMS.search(page), address
        for found in re.findall(r'href="([^"]*)"', page):
            found = found.replace("&amp;", "&")
            path, _hash, fragment = found.partition("#")
            if not path and fragment:
                assert fragment in targets[address], (address, found)
            elif path.startswith("/") and not path.startswith(("/static/", "/admin/")):
                # Searches by facet multiply without end; one page of each language stands for them.
                if "?" not in path:
                    waiting.append(path)
                if fragment:
                    targets.setdefault("wanted", set()).add((address, path, fragment))
    for address, path, fragment in targets.pop("wanted", set()):
        assert fragment in targets[path], (address, path, fragment)


@pytest.mark.parametrize(
    ("arabic", "english"), [("/", "/en/"), ("/articles/?page=1", "/en/articles/?page=1")]
)
def test_the_foot_leads_to_the_same_page_in_the_other_language(client, site, arabic, english):
    assert f'<a href="{english}" hreflang="en"' in client.get(arabic).content.decode()
    assert f'<a href="{arabic}" hreflang="ar"' in client.get(english).content.decode()


def test_a_visitors_browser_language_does_not_change_an_address(client, site):
    page = client.get("/", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="ar" dir="rtl">' in page
