"""What a reader asks: names, titles and several words, through the face of search with the reference data."""

import json
import random
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from benchmarks.articles import Article, pieces
from benchmarks.clocks import Reply
from benchmarks.questions import Question
from search.analysis import terms

SEED = 2019
QUESTIONS = 30
# Of how many articles words are taken.
_ARTICLES = 400


def prepare_archive() -> None:
    """The database of an archive with the reference data and no articles; nothing waits to be indexed."""
    from django.core.management import call_command

    from archive.models import Change
    from archive.reference import load_reference

    call_command("migrate", verbosity=0)
    load_reference()
    Change.objects.all().delete()


def consult(question: Question) -> Reply:
    """The whole way of a query but for reading the hits' rows: total, keys and facets."""
    from search import face

    results = face.consult(question.written)
    counted = sum(facet.total() for facet in results.facets.values())
    return Reply(results.total, [hit.key for hit in results.hits], counted)


def reader_questions(
    articles: Iterable[Article], people: Path, known: Iterable[str], count: int = QUESTIONS
) -> list[Question]:
    """Seeded queries in turn: a name, a title of office, words of an article, both, a phrase and a word.

    ``people`` is the reference file of persons; names with a stem that is not ``known`` are left out.
    """
    chance = random.Random(SEED)
    stems = frozenset(known)
    rows = json.loads(people.read_text(encoding="utf-8"))["rows"]
    names = [row["name_ar"] for row in rows if _has_all(stems, row["name_ar"])]
    titles = sorted({term["title_ar"] for row in rows for term in row["terms"] if term["title_ar"]})
    titles = [title for title in titles if _has_all(stems, title)]
    runs = [run for article in islice(articles, _ARTICLES) for run in _runs(article, chance)]
    chance.shuffle(runs)
    written = []
    for place in range(count):
        words = runs[place % len(runs)]
        name = chance.choice(names) if names else words
        title = chance.choice(titles) if titles else words
        first, *others = words.split()
        last = others[-1] if others else first
        forms = (name, title, words, f"{name} {last}", f'"{words}"', f"{title} {first}")
        written.append(forms[place % len(forms)])
    return [Question("reader", each) for each in written]


def _runs(article: Article, chance: random.Random) -> list[str]:
    """Three or four words of an article as they stand, or none."""
    found = list(terms(chance.choice(pieces(article.body))))
    size = chance.choice((3, 4))
    if len(found) < size:
        return []
    start = chance.randrange(len(found) - size + 1)
    return [" ".join(term.exact for term in found[start : start + size])]


def _has_all(stems: frozenset[str], text: str) -> bool:
    return all(term.stem in stems for term in terms(text))
