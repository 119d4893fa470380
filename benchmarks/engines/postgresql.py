"""PostgreSQL's full-text search with its own Arabic analysis, in a cluster that no network reaches."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from benchmarks.clocks import Reply, other_processor_seconds, processor_seconds
from benchmarks.engines.engine import Engine, MissingError
from benchmarks.memory import peak_megabytes
from benchmarks.questions import PAGE, Question

try:
    import psycopg
except ImportError:  # no wheel for every system
    psycopg = None

_NAME = "bench"
# Nobody's data: nothing need survive a crash. One process a question, so that its CPU time is all.
_SETTINGS = (
    "listen_addresses=''",
    "fsync=off",
    "autovacuum=off",
    "shared_buffers=256MB",
    "maintenance_work_mem=128MB",
    "work_mem=64MB",
    "max_parallel_workers_per_gather=0",
    "max_parallel_maintenance_workers=0",
    "jit=off",
)
_SCHEMA = """
    CREATE TEMPORARY TABLE given (of text, key int, article int, date date, source text, speakers text,
                                  countries text, kind text, words text);
    CREATE TABLE articles (key int PRIMARY KEY, date date, source text, words tsvector);
    CREATE TABLE keys (article int, field text, value text);
    CREATE TABLE quotations (key int PRIMARY KEY, article int, date date, speaker text, country text,
                             kind text, words tsvector);
"""
_FILL = """
    INSERT INTO articles SELECT key, date, source, to_tsvector('arabic', words) FROM given WHERE of = 'a';
    INSERT INTO keys SELECT key, 'speaker', regexp_split_to_table(speakers, ' ') FROM given
        WHERE of = 'a' AND speakers <> '';
    INSERT INTO keys SELECT key, 'country', regexp_split_to_table(countries, ' ') FROM given
        WHERE of = 'a' AND countries <> '';
    INSERT INTO keys SELECT key, 'source', source FROM given WHERE of = 'a';
    INSERT INTO quotations SELECT key, article, date, speakers, countries, kind, to_tsvector('arabic', words)
        FROM given WHERE of = 'q';
    DROP TABLE given;
    CREATE INDEX ON articles USING gin (words);
    CREATE INDEX ON keys (article);
    CREATE INDEX ON quotations USING gin (words);
    CREATE INDEX ON quotations (speaker);
    ANALYZE;
"""
_SELECT = "SELECT key, count(*) OVER () FROM {table}, {query} AS asked WHERE words @@ asked {more}"
_ORDER = {"relevance": "ts_rank(words, asked) DESC", "newest": "date DESC"}
_FACETS = """
    SELECT field, value, count(*) FROM articles JOIN keys ON keys.article = articles.key, {query} AS asked
    WHERE words @@ asked AND field = ANY(%(facets)s) GROUP BY 1, 2
"""
_QUERIES = {
    "all": "plainto_tsquery('arabic', %(words)s)",
    "phrase": "phraseto_tsquery('arabic', %(words)s)",
    "any": "to_tsquery('arabic', %(words)s)",
    # Its stemmer must not cut the letters that a word begins with.
    "prefix": "to_tsquery('simple', %(words)s)",
}


class Postgresql(Engine):
    name = "postgresql"
    unable = {"reader": "ours alone"}

    def __init__(self, run: Any) -> None:
        super().__init__(run)
        self._connection: Any = None
        self._started = False

    def check(self) -> None:
        if psycopg is None:
            raise MissingError("the package psycopg is not installed")
        self._programs = _program_folder()
        self._as = _another_user() if os.geteuid() == 0 else []

    def build(self) -> int:
        if self._as:
            # The other user must get to its folder through ours.
            self.run.folder.chmod(0o711)
            shutil.chown(self.folder, self._as[2])
        self._run("initdb", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-U", _NAME)
        self.open()
        columns = "of, key, article, date, source, speakers, countries, kind, words"
        documents = 0
        with self._connection.cursor() as cursor:
            cursor.execute(_SCHEMA)
            with cursor.copy(f"COPY given ({columns}) FROM STDIN") as copy:
                for article in self.run.articles():
                    documents += 1
                    several = " ".join(article.speakers), " ".join(article.countries), ""
                    fields = (article.key, article.key, article.date, article.source, *several)
                    copy.write_row(("a", *fields, article.text))
                    for said in article.quotations:
                        fields = (said.key, article.key, article.date, article.source)
                        copy.write_row(("q", *fields, said.speaker, said.country, said.kind, said.text))
            cursor.execute(_FILL)
        return documents

    def open(self) -> None:
        # The folder of its socket too: no other may connect.
        settings = " ".join(f"-c {each}" for each in (*_SETTINGS, f"unix_socket_directories={self.folder}"))
        self._run("pg_ctl", "-w", "-s", "-l", str(self.folder / "log"), "-o", settings, "start")
        self._started = True
        self._connection = psycopg.connect(
            host=str(self.folder), user=_NAME, dbname="postgres", autocommit=True
        )
        self._server = self._connection.info.backend_pid

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        if self._started:
            self._run("pg_ctl", "-m", "fast", "-s", "-w", "stop")

    def ask(self, question: Question) -> Reply:
        asked = question.asked
        query, words = _QUERIES[asked.how], " ".join(question.spelled)
        if asked.how == "any":
            words = " | ".join(question.spelled)
        elif asked.how == "prefix":
            words += ":*"
        named = {
            "words": words,
            "speaker": question.speaker,
            "offset": asked.offset,
            "facets": list(asked.facets),
        }
        more = "AND speaker = %(speaker)s" if question.speaker else ""
        matching = _SELECT.format(table=asked.of, query=query, more=more)
        with self._connection.cursor() as cursor:
            page = f"{matching} ORDER BY {_ORDER[asked.sort]} LIMIT {PAGE} OFFSET %(offset)s"
            rows = cursor.execute(page, named).fetchall()
            total = rows[0][1] if rows else 0
            if asked.offset and not rows:
                ((total,),) = cursor.execute(f"SELECT count(*) FROM ({matching}) AS found", named).fetchall()
            counted = 0
            if asked.facets:
                counts = cursor.execute(_FACETS.format(query=query), named).fetchall()
                counted = sum(count for _field, _value, count in counts)
        return Reply(total, [key for key, _total in rows], counted)

    def processor(self) -> float:
        """Ours, and that of the server's process that serves us."""
        server = other_processor_seconds(self._server) if self._connection is not None else 0.0
        return processor_seconds() + server

    def peak(self) -> float:
        return peak_megabytes(self._server)

    def sizes(self) -> dict[str, int]:
        tables = ", ".join(f"pg_total_relation_size('{name}')" for name in ("articles", "keys", "quotations"))
        with self._connection.cursor() as cursor:
            (sizes,) = cursor.execute(f"SELECT {tables}").fetchall()
        return {"bytes": sum(sizes)}

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as, str(self._programs / program), "-D", str(self.folder / "data"), *arguments]
        # A server keeps what it inherits: were its output read here, this would wait for its end.
        with (self.run.folder / "postgresql.log").open("ab") as log:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", check=False
            )
        if done.returncode:
            raise MissingError(f"{program} ended with {done.returncode}")


def _program_folder() -> Path:
    found = shutil.which("pg_ctl")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise MissingError("the programs of PostgreSQL are not installed")


def _another_user() -> list[str]:
    """What runs a program as another user: PostgreSQL refuses to run as root."""
    import pwd

    if shutil.which("runuser") is None:
        raise MissingError("the program runuser is missing, and PostgreSQL does not run as root")
    known = {entry.pw_name for entry in pwd.getpwall()}
    for user in ("postgres", "nobody"):
        if user in known:
            return ["runuser", "-u", user, "--"]
    raise MissingError("there is no other user than root")
