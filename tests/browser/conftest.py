"""A real browser on a live site: Debian's Chromium, driven by Playwright."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from search.indexing import build_index

# Playwright's synchronous calls run inside an event loop of its own, where Django would refuse to
# touch the database; here nothing else runs in that loop.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if executable is None:
        pytest.fail("Chromium is missing: install it with “apt-get install chromium”.", pytrace=False)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def fonts() -> None:
    """The page fonts, built once: widths and joins are those of the real typefaces."""
    call_command("build_fonts", verbosity=0)


@pytest.fixture(scope="module")
def live_site(
    django_db_setup: None, django_db_blocker: Any, fonts: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveServer]:
    """The five seeds with the reference data, served. Imported once for all tests of a module.

    The tests' database is in memory and its one connection is shared with the server's threads, so
    that they see what is not committed, and taking it back at the end leaves nothing behind.

    The connection stays shared when the server has stopped: the server does not wait for its threads,
    and one that lets go of an idle browser connection later closes the database's too (which for a
    database in memory does nothing, but is refused to a thread that may not share it).
    """
    folder = tmp_path_factory.mktemp("live")
    with (
        pytest.MonkeyPatch.context() as patch,
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        patch.setitem(settings.HAYSTACK_CONNECTIONS["default"], "PATH", str(folder / "index"))
        patch.setattr(settings, "MEDIA_ROOT", folder / "media")
        call_command("load_reference", verbosity=0)
        call_command("import_articles", str(settings.FIXTURES_DIR / "seeds"), verbosity=0)
        build_index()
        connection.inc_thread_sharing()
        server = LiveServer("localhost")
        yield server
        server.stop()
        transaction.set_rollback(True)


@pytest.fixture
def page(browser: Browser, live_site: LiveServer) -> Iterator[Page]:
    context = browser.new_context(base_url=live_site.url, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()
