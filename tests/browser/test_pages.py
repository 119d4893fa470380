"""What only a browser can tell: joined letters, widths, the margin's place, accessibility."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from archive.models import Article, Statement

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def _statements() -> list[Statement]:
    """The statement that most articles report, and one of two articles."""
    rows = Statement.objects.published().most_reported_first()
    return [rows.first(), rows.last()]


def addresses() -> list[str]:
    """One address of every kind of page, in both languages."""
    article = Article.objects.get(revisions__path__contains="004_")
    arabic = [
        "/",
        "/articles/",
        article.get_absolute_url(),
        "/speakers/",
        "/speakers/blinken/",
        "/countries/",
        "/countries/US/",
        "/sources/",
        Article.objects.exclude(source=None).first().source.get_absolute_url(),
        "/meetings/",
        "/meetings/rome-2021/",
        "/meetings/rome-2021/figures/",
        *(statement.get_absolute_url() for statement in _statements()),
        "/search/?q=داعش",
        "/search/?q=بلينكن روما",
        "/search/?q=بلينكن زنجبيلوفلفل&from=2021-99-99",
        "/search/?q=القاره&exact=1&to=2021-12-31",
        "/search/?q=داعش&in=quotations&speaker=blinken&speaker=tillerson&kind=direct",
        "/search/?q=داعش&country=TR&country=US&country=XX",
        "/search/?q=بلينكن زنجبيلوفلفل&in=quotations&to=2021-12-31",
        "/search/",
        "/search/help/",
        "/about/",
        "/nowhere/",
    ]
    return [*arabic, *("/en" + address for address in arabic)]


def test_a_reader_searches_and_opens_an_article(page):
    page.goto("/")
    page.get_by_role("searchbox").fill("بلينكين")
    page.get_by_role("button", name="ابحث").click()
    hits = page.locator(".hits > li")
    assert hits.count() == 4
    hits.first.get_by_role("link").first.click()
    assert "/articles/" in page.url
    assert page.locator("h1").count() == 1
    assert page.locator(".text p").count() > 3


def test_a_reader_asks_for_exact_spelling_by_keyboard(page):
    page.goto("/search/?q=القاره")
    assert page.locator(".hits > li").count() > 0
    page.get_by_role("searchbox").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**exact=1**")
    assert page.get_by_role("checkbox", name="مطابقة تامة").is_checked()
    assert page.locator(".hits > li").count() == 0


def test_a_reader_chooses_two_speakers_of_quotations_and_takes_one_back(page):
    page.goto("/search/?q=داعش")
    page.get_by_role("navigation", name="نوع النتائج").get_by_role("link", name="الأقوال").click()
    everything = page.locator(".hits > li").count()
    facets = page.locator(".facets")
    for name in ("أنتوني بلينكن", "ريكس تيلرسون"):
        facets.get_by_role("link", name=name).click()
    assert set(page.locator(".hits .hamish .name").all_inner_texts()) == {"بلينكن", "تيلرسون"}
    assert facets.locator("a[aria-current=true]").count() == 3  # with the order
    both = page.locator(".hits > li").count()
    page.locator(".active").get_by_role("link", name="تيلرسون").click()
    one = page.locator(".hits > li").count()
    assert one < both <= everything
    assert set(page.locator(".hits .hamish .name").all_inner_texts()) == {"بلينكن"}


def test_letters_stay_joined_under_a_mark(page):
    page.goto("/search/?q=داعش")
    mark = page.locator("mark").first
    widths = mark.evaluate(
        """(mark) => {
            const measure = (make) => {
                const line = document.createElement('span');
                line.style.cssText = 'position:absolute;white-space:pre';
                make(line);
                mark.parentElement.append(line);
                const width = line.getBoundingClientRect().width;
                line.remove();
                return width;
            };
            const word = mark.textContent;
            return {
                plain: measure((line) => { line.textContent = 'ل' + word + 'ين'; }),
                marked: measure((line) => {
                    const inner = document.createElement('mark');
                    inner.textContent = word;
                    line.append('ل', inner, 'ين');
                }),
                apart: measure((line) => { line.textContent = 'ل\\u200c' + word + '\\u200cين'; }),
            };
        }"""
    )
    assert widths["marked"] == pytest.approx(widths["plain"], abs=0.5)
    # The measure can tell: unjoined letters have another width.
    assert abs(widths["apart"] - widths["plain"]) > 0.5


def test_a_mark_adds_nothing_to_the_width_of_its_word(page):
    page.goto("/search/?q=داعش")
    style = page.locator("mark").first.evaluate(
        """(mark) => {
            const style = getComputedStyle(mark);
            return [style.padding, style.margin, style.borderWidth, style.display];
        }"""
    )
    assert style == ["0px", "0px", "0px", "inline"]


def test_pages_are_set_in_their_own_typefaces(page):
    page.goto("/")
    page.evaluate("document.fonts.ready")
    faces = page.evaluate(
        "[...document.fonts].filter((f) => f.status === 'loaded').map((f) => f.family.replaceAll('\"', ''))"
    )
    assert {"Amiri", "Plex Arabic"} <= set(faces)


def test_no_page_scrolls_sideways_on_a_small_phone(page):
    page.set_viewport_size({"width": 320, "height": 640})
    for address in addresses():
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address


@pytest.mark.parametrize("width", [768, 1440])
def test_no_page_scrolls_sideways_on_wider_screens(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    for address in addresses():
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_accessibility(page, scheme):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    axe = Axe()
    for address in addresses():
        page.goto(address)
        results = axe.run(page, options={"runOnly": WCAG})
        found = [
            (violation["id"], node["target"], node.get("failureSummary"))
            for violation in results.response["violations"]
            for node in violation["nodes"]
        ]
        assert found == [], address


@pytest.mark.parametrize(("language", "prefix"), [("ar", ""), ("en", "/en")])
def test_names_stand_before_the_words_and_notes_after_them(page, language, prefix):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(prefix + "/meetings/rome-2021/")
    row = page.locator("section[aria-labelledby=coverage] .row:has(.hashiya)").first
    who, words, how = (row.locator(f".{name}").first.bounding_box() for name in ("hamish", "matn", "hashiya"))
    if language == "ar":
        assert who["x"] >= words["x"] + words["width"]
        assert words["x"] >= how["x"] + how["width"]
    else:
        assert who["x"] + who["width"] <= words["x"]
        assert words["x"] + words["width"] <= how["x"]
    # All three begin on one line.
    assert abs(who["y"] - how["y"]) < 24


def test_the_spine_stands_between_names_and_words(page):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/meetings/rome-2021/")
    spine = page.evaluate(
        """() => {
            const sheet = document.querySelector('.sheet');
            const style = getComputedStyle(sheet, '::before');
            return sheet.getBoundingClientRect().right - parseFloat(style.right);
        }"""
    )
    row = page.locator("section[aria-labelledby=coverage] .row:has(.hashiya)").first
    who, words = (row.locator(f".{name}").first.bounding_box() for name in ("hamish", "matn"))
    assert words["x"] + words["width"] < spine < who["x"]


def test_on_a_phone_the_name_stands_above_its_words(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/meetings/rome-2021/")
    row = page.locator("section[aria-labelledby=coverage] .row:has(.hashiya)").first
    who, words, how = (row.locator(f".{name}").first.bounding_box() for name in ("hamish", "matn", "hashiya"))
    assert who["y"] + who["height"] <= words["y"] + 1
    assert words["y"] + words["height"] <= how["y"] + 1


def test_the_keyboard_reaches_the_text_first(page):
    page.goto("/articles/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_pages_ask_nobody_else_for_anything(page, live_site):
    strangers = []
    page.on("request", lambda request: strangers.append(request.url))
    for address in ("/", "/articles/", "/search/?q=داعش"):
        page.goto(address)
    assert [url for url in strangers if not url.startswith(live_site.url)] == []
