"""Two servers and an importer that write at the same time: no update is lost, no answer is wrong."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.faults import tally
from tests.faults.archives import Case
from tests.faults.children import Child, run
from tests.faults.conftest import NewCase
from tests.faults.forms import read_form, with_values
from tests.faults.made_articles import STILL, WORDS
from tests.faults.programs import admit_editor, import_for, titles_and_rights
from tests.faults.servers import Page, Server
from tests.faults.sizes import SEED, WRITING_SECONDS

ACTIONS = "/admin/archive/article/"


@dataclass
class Editor:
    """A curator at one server: corrects, hides and shows articles of its own, and looks what readers find."""

    own: Server
    other: Server
    session: str
    articles: list[int]
    chance: random.Random
    still: list[int]
    saved: dict[int, dict[str, str]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def work(self, end: float) -> None:
        """Write and look until the monotonic clock says ``end``."""
        while time.monotonic() < end and not self.wrong:
            article = self.chance.choice(self.articles)
            self.chance.choice([self.correct_title, self.correct_title, self.hide, self.show])(article)
            self.look_at_what_stays()

    def correct_title(self, article: int) -> None:
        """Put two words into the title by the form of the admin, as a browser does."""
        address = f"{ACTIONS}{article}/change/"
        words = self.chance.sample(WORDS, 2)
        title = f"أخبار {words[0]} و {words[1]} اليوم"
        fields = read_form(self.seen(self.own.visit(address, session=self.session)).text, "article_form")
        form = with_values(fields, {"title": title, "_save": "1"})
        self.save(article, address, form, {"title": title})
        if self.saved.get(article, {}).get("rights") != "hidden":
            self.expect(title, article)

    def hide(self, article: int) -> None:
        self.act(article, "hide", "hidden")
        asked = self.saved.get(article, {}).get("title") or self.chance.choice(WORDS)
        for server in (self.own, self.other):
            if article in self.seen(server.search(asked)).found("articles"):
                self.wrong.append(f"{asked} still finds the hidden article {article}")

    def show(self, article: int) -> None:
        self.act(article, "show_in_full", "full")

    def act(self, article: int, action: str, rights: str) -> None:
        form = [("action", action), ("_selected_action", str(article)), ("index", "0")]
        self.save(article, ACTIONS, form, {"rights": rights})

    def save(self, article: int, address: str, form: list[tuple[str, str]], values: dict[str, str]) -> None:
        page = self.seen(self.own.visit(address, session=self.session, form=form))
        if page.status != 302:
            self.wrong.append(f"{urlencode(form)[:200]} was not saved: {page.status}, {page.errors}")
            return
        self.saved.setdefault(article, {}).update(values)
        tally.count("saves through two servers")

    def expect(self, title: str, article: int) -> None:
        """What was saved is found at once, by both servers, or the page says that it waits."""
        for server in (self.own, self.other):
            page = self.seen(server.search(f"«{title}»"))
            if article in page.found("articles"):
                tally.count("saves found at once")
            elif page.notes:
                tally.count("saves that the page says wait")
            else:
                self.wrong.append(f"{title} does not find article {article}, and nothing is said")

    def look_at_what_stays(self) -> None:
        for server in (self.own, self.other):
            found = self.seen(server.search(STILL)).found("articles")
            if found != self.still:
                self.wrong.append(f"{STILL} finds {found}, not {self.still}")
            tally.count("answers compared")

    def seen(self, page: Page) -> Page:
        if page.status >= 500:
            self.wrong.append(f"a page with status {page.status}: {page.errors}")
        return page


def test_two_servers_and_an_importer_write(new_case: NewCase) -> None:
    case = new_case(SEED)
    session, articles, still = run(admit_editor, case.folder)
    texts = case.folder / "texts"
    texts.mkdir()
    with (
        Server(case.folder, "first") as first,
        Server(case.folder, "second") as second,
        Child(import_for, case.folder, texts=texts, seconds=WRITING_SECONDS, seed=SEED) as importer,
        ThreadPoolExecutor(2) as pool,
    ):
        editors = [
            Editor(first, second, session, articles[::2], random.Random(SEED), still),
            Editor(second, first, session, articles[1::2], random.Random(SEED + 1), still),
        ]
        # The clock starts with the servers' first answers, which they give once they have begun.
        assert {first.search(STILL).status, second.search(STILL).status} == {200}
        end = time.monotonic() + WRITING_SECONDS
        list(pool.map(lambda editor: editor.work(end), editors))
        imported = len(importer.all_reports())
        logs = first.log.read_text() + second.log.read_text()
    wrong = [text for editor in editors for text in editor.wrong]
    assert not wrong, "\n".join([f"seed {SEED}", *wrong, logs[-4000:]])
    assert_nothing_lost(case, editors)
    assert importer.result == imported * 2, "every file is an article"
    tally.count("imports beside them", imported)
    case.assert_sound(rebuilt=True)


def assert_nothing_lost(case: Case, editors: list[Editor]) -> None:
    stored = run(titles_and_rights, case.folder)
    for editor in editors:
        assert editor.saved, "nothing was written"
        for article, values in editor.saved.items():
            assert values.items() <= stored[article].items(), f"seed {SEED}, article {article}"
