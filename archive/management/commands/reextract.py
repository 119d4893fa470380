"""``manage.py reextract``: a better extractor applied to the texts that are stored."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from tqdm import tqdm

from archive.importing.problems import DATABASE_FAILED, DRY_RUN, in_both
from archive.importing.reextraction import ArticleResult, Totals, reextract
from archive.importing.reextraction_report import article_lines, total_lines
from archive.models import Article, Meeting, Source

NO_ARTICLE = _("There is no article with this number: %(numbers)s.")
NO_SOURCE = _("There is no outlet with the key “%(key)s”.")
NO_MEETING = _("There is no meeting with the key “%(key)s”.")
ONE_CHOICE = _("Name articles, an outlet or a meeting: only one of the three.")
INTERRUPTED = _("Interrupted: the articles finished until now are kept.")


class Command(BaseCommand):
    help = (
        "Extract the facts of articles anew from their stored texts (all articles unless some are named),"
        " and report what changes. What curators corrected stays; safe to repeat."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("articles", nargs="*", type=int, metavar="ARTICLE_ID", help="an article's number")
        parser.add_argument("--source", metavar="KEY", help="the articles of an outlet")
        parser.add_argument("--meeting", metavar="KEY", help="the articles of a meeting")
        parser.add_argument(
            "--dry-run", action="store_true", help="report what would change, and write nothing"
        )
        parser.add_argument(
            "--json",
            action="store_true",
            help="print one JSON object a line: each article that changes or fails, then the sum",
        )

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        self._json = options["json"]
        try:
            chosen = _chosen(options["articles"], options["source"], options["meeting"])
            totals = reextract(articles=chosen, dry_run=dry_run, progress=self._progress, tell=self._tell)
        except DatabaseError as error:
            raise CommandError("\n".join(in_both(DATABASE_FAILED, error=error))) from error
        except KeyboardInterrupt:
            raise CommandError("\n".join(in_both(INTERRUPTED)), returncode=130) from None
        self._sum_up(totals, dry_run)
        if totals.failed:
            sys.exit(1)

    def _tell(self, result: ArticleResult) -> None:
        if result.problem is not None:
            self._print(self.stderr, in_both(result.problem))
        if self._json:
            if result.changes or result.problem:
                row = {"article": result.article, "title": result.title, "changes": result.changes}
                row["problem"] = str(result.problem) if result.problem else None
                self.stdout.write(json.dumps(row, ensure_ascii=False))
        else:
            self._print(self.stdout, article_lines(result))

    def _sum_up(self, totals: Totals, dry_run: bool) -> None:
        if self._json:
            row = {"articles": totals.articles, "changed": totals.changed, "failed": totals.failed}
            row = {"sum": {**row, "changes": totals.counts}, "dry_run": dry_run}
            self.stdout.write(json.dumps(row, ensure_ascii=False))
            return
        self._print(self.stdout, total_lines(totals))
        if dry_run:
            self._print(self.stdout, in_both(DRY_RUN))

    def _progress(self, numbers: list[int]) -> tqdm:
        return tqdm(numbers, file=sys.stderr, disable=not sys.stderr.isatty(), unit="article", leave=False)

    def _print(self, stream: Any, lines: list[str]) -> None:
        for line in lines:
            stream.write(line)


def _chosen(numbers: list[int], source: str | None, meeting: str | None) -> QuerySet[Article]:
    """The articles that a call names, hidden ones too; raises ``CommandError`` for what is not there."""
    if sum(choice not in ([], None) for choice in (numbers, source, meeting)) > 1:
        raise CommandError("\n".join(in_both(ONE_CHOICE)))
    articles = Article.objects.all()
    if numbers:
        unknown = sorted(set(numbers).difference(articles.values_list("pk", flat=True)))
        if unknown:
            raise CommandError("\n".join(in_both(NO_ARTICLE, numbers=", ".join(map(str, unknown)))))
        return articles.filter(pk__in=numbers)
    for field, key, model, complaint in (
        ("source", source, Source, NO_SOURCE),
        ("meeting", meeting, Meeting, NO_MEETING),
    ):
        if key is not None:
            if not model.objects.filter(key=key).exists():
                raise CommandError("\n".join(in_both(complaint, key=key)))
            return articles.filter(**{f"{field}__key": key})
    return articles
