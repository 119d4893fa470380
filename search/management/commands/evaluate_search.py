"""``manage.py evaluate_search DIR``: how well search ranks a judged collection."""

import json
import sys
from argparse import ArgumentTypeError
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from tqdm import tqdm

from archive.importing.problems import in_both
from search.evaluation import METRICS, Run, mean, measure, rank_collection
from search.judged_collection import FIELDS, HALVES, CollectionError, read_collection

DISK_FAILED = gettext_lazy("The disk refuses: %(error)s.")
INTERRUPTED = gettext_lazy("Interrupted: nothing was scored.")
LEFT_OUT = gettext_lazy("Left out, because no relevant document is known for them: %(count)s.")


class Command(BaseCommand):
    help = (
        "Score search on a folder of docs.jsonl (or .gz), queries.jsonl and qrels.jsonl, in an index of its"
        " own. — قياس جودة البحث على مجموعة محكَّمة، في فهرس خاص بها."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="DIR")
        parser.add_argument("--field", type=_one_of(FIELDS), default="text", metavar="|".join(FIELDS))
        parser.add_argument("--queries", type=_one_of(HALVES), default="all", metavar="|".join(HALVES))
        parser.add_argument("--run", metavar="FILE", help=_("write the rankings here: qid docid rank score"))
        parser.add_argument("--json", action="store_true", help=_("print only JSON"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._evaluate(Path(options["folder"]), options)
        except CollectionError as error:
            raise CommandError("\n".join(in_both(error.message, **error.details))) from error
        except OSError as error:
            raise CommandError("\n".join(in_both(DISK_FAILED, error=error))) from error
        except KeyboardInterrupt:
            raise CommandError("\n".join(in_both(INTERRUPTED)), returncode=130) from None

    def _evaluate(self, folder: Path, options: dict[str, Any]) -> None:
        collection = read_collection(folder, options["field"])
        queries = collection.asked(options["queries"])
        left_out = sum(query.is_in(options["queries"]) for query in collection.queries) - len(queries)
        if left_out:
            for line in in_both(LEFT_OUT, count=left_out):
                self.stderr.write(line, self.style.NOTICE)
        with _opened(options["run"]) as file:
            run = rank_collection(collection.documents, queries, progress=_progress)
            if file is not None:
                _write(file, run)
        measured = [
            measure(
                [identifier for identifier, _score in run.rankings[query.id]], collection.judgments[query.id]
            )
            for query in queries
        ]
        report: dict[str, float] = {name: round(value, 4) for name, value in mean(measured).items()}
        report |= {
            "ms_per_query": round(run.ms_per_query, 2),
            "queries": len(queries),
            "docs": len(collection.documents),
        }
        if options["json"]:
            self.stdout.write(json.dumps(report))
            return
        for name, value in report.items():
            self.stdout.write(f"{name:14}{value:10.4f}" if name in METRICS else f"{name:14}{value:>10}")


def _opened(path: str | None) -> Any:
    """The file of the run, opened before the work begins; a lone surrogate in a name must not end it."""
    if path is None:
        return nullcontext()
    return Path(path).open("w", encoding="utf-8", errors="backslashreplace")


def _write(file: TextIO, run: Run) -> None:
    for query, ranking in run.rankings.items():
        for place, (document, score) in enumerate(ranking, 1):
            file.write(f"{query} {document} {place} {score:.6f}\n")


def _progress(items: Sequence[Any]) -> Iterable[Any]:
    return tqdm(items, file=sys.stderr, disable=not sys.stderr.isatty(), leave=False)


def _one_of(names: Sequence[str]) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value in names:
            return value
        raise ArgumentTypeError(
            f"“{value}” is none of {', '.join(names)}. — «{value}» ليس واحداً من {'، '.join(names)}."
        )

    return read
