"""Random edits of made articles: each a transaction of its own, as a curator saves."""

import random
from collections.abc import Callable

from django.db import transaction

from archive.models import Article, Quotation
from archive.models.rights import Rights
from tests.faults.made_articles import WORDS, as_article, quotation_in

# The article's primary key, and its text if readers may see it.
State = tuple[int, str | None]


def edit_articles(chance: random.Random, edits: int, tell: Callable[[tuple], None]) -> None:
    """Make ``edits`` edits; each is told before it begins (its article) and after its commit (its state)."""
    for _number in range(edits):
        alter = chance.choice(_EDITS)
        keys = list(Article.objects.order_by("pk").values_list("pk", flat=True))
        key = chance.choice(keys) if keys and alter is not _create else 0
        tell(("began", key))
        tell(("saved", *(alter(chance, key) if key else _create(chance, key))))


def state_of(key: int) -> str | None:
    """The text of an article that readers see; None when there is none."""
    article = Article.objects.published().filter(pk=key).first()
    return article.text if article else None


def _create(chance: random.Random, _key: int) -> State:
    article = as_article(chance.sample(WORDS, 4))
    with transaction.atomic():
        article.save()
        quotation_in(article).save()
    return article.pk, article.text


def _rewrite(chance: random.Random, key: int) -> State:
    made = as_article(chance.sample(WORDS, 4))
    with transaction.atomic():
        article = Article.objects.get(pk=key)
        article.quotations.all().delete()
        article.text, article.body = made.text, made.body
        article.save()
        quotation_in(article).save()
    return key, state_of(key)


def _hide(_chance: random.Random, key: int) -> State:
    Article.objects.filter(pk=key).update(rights=Rights.HIDDEN)
    return key, None


def _show(_chance: random.Random, key: int) -> State:
    Article.objects.filter(pk=key).update(rights=Rights.FULL)
    return key, state_of(key)


def _delete(_chance: random.Random, key: int) -> State:
    Article.objects.get(pk=key).delete()
    return key, None


def _judge(chance: random.Random, key: int) -> State:
    """Reject or accept what is quoted: the article's text stays, its quotation goes or comes back."""
    review = chance.choice([Quotation.Review.REJECTED, Quotation.Review.CONFIRMED])
    for quotation in Quotation.objects.filter(article=key):
        quotation.review = review
        quotation.save()
    return key, state_of(key)


_EDITS = (_create, _create, _rewrite, _rewrite, _hide, _show, _delete, _judge)
