"""What a curator should look at, and why: doubtful values and conflicts of articles, reasons in words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from archive.importing.fields import UNDETERMINED
from archive.models import Article, Correction, FieldOrigin

# A value less certain than this is worth a curator's look.
SURE_ENOUGH = 0.6

NEW_SPEAKER = "the speaker is new"
UNNAMED = "the text does not name the speaker"
SHARED_NAME = "the name alone does not tell who it is"
NO_OFFICE = "nobody of this name held the office on the corrected date"
# The sentences for the reasons that are stored with a quotation.
REASONS = {
    "its closing mark is missing": _("Its closing quotation mark is missing."),
    "no speaker could be named safely": _("No speaker could be named safely."),
    "the speaker is inferred from far": _("The speaker is inferred from words far away."),
    NEW_SPEAKER: _("The speaker is new to the archive."),
    UNNAMED: _("The text does not name the speaker."),
    SHARED_NAME: _("The name alone does not tell who it is."),
    NO_OFFICE: _("The speaker was known by the title alone, and did not hold the office on this date."),
}
NO_REASON = _("No reason is recorded: a curator may have put it back.")


@dataclass(frozen=True, slots=True)
class Question:
    """Something open about an article: a doubtful value of a field, or a correction in conflict.

    ``correction`` is the primary key of the one in conflict. Two questions are the same if they ask of
    the same value, however sure it is and whatever proves it.
    """

    field: str
    value: Any
    correction: int | None = None
    confidence: float = field(default=0.0, compare=False)
    evidence: tuple[dict[str, Any], ...] = field(default=(), compare=False, hash=False)


def reasons_in_words(reasons: Iterable[str]) -> list[str]:
    """The sentences for a quotation's reasons in the active language; one that is not known as it is."""
    return [str(REASONS.get(reason, reason)) for reason in reasons] or [str(NO_REASON)]


def open_questions(articles: Iterable[Article]) -> dict[int, list[Question]]:
    """The questions of each article by primary key, in two database queries."""
    by_key = {article.pk: article for article in articles}
    questions: dict[int, list[Question]] = defaultdict(list)
    guessed = FieldOrigin.objects.filter(article__in=by_key).exclude(origin=FieldOrigin.Origin.CORRECTED)
    for origin in guessed.order_by("article", "field"):
        article = by_key[origin.article_id]
        unknown = origin.field == "language" and article.language == UNDETERMINED
        if unknown or 0 < origin.confidence < SURE_ENOUGH:
            value = getattr(article, Article._meta.get_field(origin.field).attname)
            proofs = tuple(origin.evidence)
            asked = Question(origin.field, value, None, 0.0 if unknown else origin.confidence, proofs)
            questions[article.pk].append(asked)
    conflicts = Correction.objects.filter(article__in=by_key, status=Correction.Status.CONFLICT)
    for correction in conflicts.order_by("article", "pk"):
        words = ({"text": correction.anchor},) if correction.anchor else ()
        asked = Question(correction.field, None, correction.pk, 0.0, words)
        questions[correction.article_id].append(asked)
    return dict(questions)
