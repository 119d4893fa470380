"""Count the words of a corpus for the list that the stemmer asks (``archive.arabic.word_list``)."""

import gzip
import json
import re
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from archive.arabic.letters import ARABIC
from archive.arabic.normalize import fold
from archive.arabic.word_list import write_word_list
from archive.arabic.words import segment

# Rarer words are mostly misprints; with five the decisions of the stemmer are those of the whole list.
LEAST = 5
SHORTEST, LONGEST = 2, 14
_GZIP_MAGIC = b"\x1f\x8b"
_WORD = re.compile(f"[{ARABIC}]{{{SHORTEST},{LONGEST}}}")


class Command(BaseCommand):
    help = "Counts the words of a corpus for the list that the stemmer asks."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "corpus", type=Path, help="jsonl or jsonl.gz, an article a line, its text in body"
        )
        parser.add_argument(
            "--output", type=Path, default=settings.FIXTURES_DIR / "reference" / "words.txt.gz"
        )
        parser.add_argument("--about", default="", help="where the corpus comes from, its licence and credit")
        parser.add_argument("--least", type=int, default=LEAST, help="leave out words that are rarer")

    def handle(self, *, corpus: Path, output: Path, about: str, least: int, **_options: Any) -> None:
        written: Counter[str] = Counter()
        articles = 0
        try:
            for articles, body in enumerate(_bodies(corpus), start=1):  # noqa: B007
                written.update(word.text for word in segment(body))
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            raise CommandError(f"{corpus}: {error}") from error
        folded: Counter[str] = Counter()
        for word, count in written.items():
            folded[fold(word)] += count
        counts = {word: count for word, count in folded.items() if count >= least and _WORD.fullmatch(word)}
        remarks = (
            f"{about}\n{articles} articles, {sum(written.values())} words. Made by: manage.py count_words\n"
            f"Counts of folded words of {SHORTEST} to {LONGEST} Arabic letters seen {least} times or more."
        )
        output.write_bytes(gzip.compress(write_word_list(counts, about=remarks.strip()).encode(), mtime=0))
        self.stdout.write(
            _("Counted %(articles)d articles; %(path)s has %(words)d words.")
            % {"articles": articles, "path": output, "words": len(counts)}
        )


def _bodies(corpus: Path) -> Iterator[str]:
    """The ``body`` of every line. Raises what is caught above for what is no corpus."""
    with corpus.open("rb") as file:
        packed = file.read(len(_GZIP_MAGIC)) == _GZIP_MAGIC
    with gzip.open(corpus, "rt", encoding="utf-8") if packed else corpus.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["body"]
