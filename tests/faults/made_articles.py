"""Made articles, and the answers that the database itself gives about them."""

import random
import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db import transaction

from archive.arabic.normalize import match_key
from archive.models import Article, Quotation
from archive.models.changes import hold_announcements

# No two of them have a stem in common, and none is near another in spelling.
WORDS = (
    "زنجبيل قرنفل كمون يانسون زعفران ريحان بابونج عصفر ياسمين بنفسج سنديان صنوبر".split()  # noqa: SIM905
)
# In articles that nobody touches.
STILL = "زيزفون"
_A_BATCH = 500

Answers = dict[str, dict[str, list[int]]]


def made_text(words: Iterable[str]) -> str:
    """Two paragraphs: one with all of the words, one that quotes the last two."""
    listed = list(words)
    return f"تقرير عن {' ثم '.join(listed)} في السوق\nوقال التاجر إن «{' '.join(listed[-2:])} من كل بلد»"


def make_articles(count: int, seed: int, words: Sequence[str] = WORDS) -> None:
    """Save ``count`` articles of up to four of ``words``, with a quotation each, a transaction a batch."""
    chance = random.Random(seed)
    with hold_announcements():
        for first in range(0, count, _A_BATCH):
            numbers = range(first, min(count, first + _A_BATCH))
            _make_batch([chance.sample(words, min(4, len(words))) for _number in numbers])


def as_article(words: Iterable[str]) -> Article:
    """An article of these words that is not saved yet."""
    text = made_text(words)
    middle = text.index("\n")
    return Article(
        text=text,
        text_sha256="0" * 64,
        body=[{"start": 0, "end": middle}, {"start": middle + 1, "end": len(text)}],
        title="أخبار السوق",
        title_key=match_key("أخبار السوق"),
        published_on=date(2017, 1, 1) + timedelta(days=len(text)),
        date_basis=Article.DateBasis.EXPLICIT,
    )


def quotation_in(article: Article) -> Quotation:
    """The quotation of a made article, not saved yet."""
    start, end = article.text.index("«") + 1, article.text.index("»")
    return Quotation(
        article=article, kind=Quotation.Kind.DIRECT, start=start, end=end, text=article.text[start:end]
    )


def answers_of_database() -> Answers:
    """By kind and word, the primary keys of what a reader should find, ascending; never from an index."""
    found: Answers = {
        "articles": {word: [] for word in WORDS},
        "quotations": {word: [] for word in WORDS},
    }
    for article in Article.objects.published().order_by("pk").iterator():
        _file(found["articles"], article.pk, f"{article.title} {article.body_text}")
    for quotation in Quotation.objects.published().outermost().order_by("pk").iterator():
        _file(found["quotations"], quotation.pk, quotation.text)
    return found


def _make_batch(batch: list[list[str]]) -> None:
    with transaction.atomic():
        made = Article.objects.bulk_create([as_article(words) for words in batch])
        Quotation.objects.bulk_create([quotation_in(article) for article in made])


def _file(words: dict[str, list[int]], key: int, text: str) -> None:
    for word in set(re.findall(r"\w+", text)) & words.keys():
        words[word].append(key)
