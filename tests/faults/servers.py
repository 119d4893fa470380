"""The site as it is served, in a process of its own, and a visitor to it."""

import http.client
import re
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from config.bootstrap.folders import ROOT, child_environment
from tests.faults.sizes import PATIENCE

# No cookie of ours comes from a page, so the token may be any.
_TOKEN = "a" * 32
_ARTICLE = re.compile(r'<h2 class="title[^>]*><a href="/articles/(\d+)/')
_QUOTATION = re.compile(r'class="said[^"]*" href="/articles/\d+/#q(\d+)"')


@dataclass(frozen=True, slots=True)
class Page:
    status: int
    text: str

    def found(self, kind: str) -> list[int]:
        """The primary keys of the hits that the search page counts, ascending."""
        counted = self.text.partition('<section class="partial"')[0]
        return sorted(map(int, (_ARTICLE if kind == "articles" else _QUOTATION).findall(counted)))

    @property
    def notes(self) -> str:
        """What the page tells about its answer; empty when nothing."""
        return "".join(re.findall(r'<div role="status">(.*?)</div>', self.text, re.DOTALL))

    @property
    def errors(self) -> str:
        """What a form or Django's page of an error says; empty when nothing."""
        said = re.findall(
            r'<(?:title|ul class="errorlist[^"]*"|p class="errornote")>(.*?)</', self.text, re.DOTALL
        )
        return " ".join(" ".join(re.sub("<[^>]*>", " ", text).split()) for text in said)

    def total(self, kind: str) -> int:
        """How many of a kind the search page says that there are."""
        listed = self.text.partition('<ul class="kinds">')[2].partition("</ul>")[0]
        numbers = re.findall(r'<span class="num">(.*?)</span>', listed)
        return int("".join(filter(str.isdecimal, numbers[("articles", "quotations").index(kind)])))


class Server:
    """gunicorn over the archive in ``folder``, as ``make run`` starts it, on a port of its own.

    Its socket listens before it starts, so a visitor waits and is never refused. What it logs is in
    ``log``.
    """

    def __init__(self, folder: Path, name: str = "server", **variables: str) -> None:
        self.log = folder / f"{name}.log"
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self._socket.getsockname()[1]
        descriptor = self._socket.fileno()
        command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"fd://{descriptor}"]
        command += ["--workers", "1", "--threads", "4", "--graceful-timeout", "5", "--timeout", str(PATIENCE)]
        command += ["--log-level", "warning", "--no-control-socket"]
        environment = child_environment(
            MAHDAR_VAR=str(folder),
            MAHDAR_DEBUG="1",
            MAHDAR_DATABASE_URL="",
            DJANGO_SETTINGS_MODULE="config.settings",
            **variables,
        )
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stderr=log, stdout=log, pass_fds=[descriptor]
            )

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(PATIENCE)
        finally:
            self._process.kill()
            self._socket.close()

    def visit(self, path: str, *, session: str = "", form: list[tuple[str, str]] | None = None) -> Page:
        """The page at ``path``; with ``form``, what the server answers to it. Redirects are not followed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": f"csrftoken={_TOKEN}; sessionid={session}", "X-CSRFToken": _TOKEN}
        try:
            if form is None:
                connection.request("GET", path, headers=headers)
            else:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
                connection.request("POST", path, urlencode(form), headers)
            response = connection.getresponse()
            return Page(response.status, response.read().decode())
        finally:
            connection.close()

    def search(self, word: str, kind: str = "articles", **parameters: str) -> Page:
        """The search page of a word."""
        return self.visit("/search/?" + urlencode({"q": word, "in": kind, **parameters}))
