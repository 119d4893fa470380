"""Who a speaker is, as curators decide it: a new one is confirmed, or is another one who is known.

Both outlast every later extraction by what they leave in the reference data: a confirmed speaker is
known to the extractor, and a merged one's names are names of the one who is kept.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.models import CHANGE, DELETION, LogEntry
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from archive.arabic.normalize import match_key
from archive.importing.registry import NAMED_BY_ONE_WORD
from archive.importing.values import term_on
from archive.models import (
    Article,
    Correction,
    LexiconEntry,
    Meeting,
    NameVariant,
    Quotation,
    Speaker,
    TermOfOffice,
)
from archive.reviewing import NEW_SPEAKER
from archive.statements import group_statements

# What a term of office is, whatever its key: two of one speaker that agree in these are one.
SAME_TERM = ("title_key", "country_id", "organisation_id", "starts_on", "ends_on")


def confirm_speakers(*, speakers: QuerySet[Speaker]) -> int:
    """Say that new speakers are who they seem to be; returns how many were new.

    Quotations that wait for review only because their speaker was new wait no longer.
    """
    with transaction.atomic():
        new = list(speakers.filter(needs_review=True).values_list("pk", flat=True))
        Speaker.objects.filter(pk__in=new).update(needs_review=False)
        _settle(Quotation.objects.filter(speaker__in=new))
    return len(new)


def merge_speakers(*, kept: Speaker, merged: Iterable[Speaker], user: Any) -> None:
    """Make speakers one: ``kept`` gets all that the others have, and these are deleted.

    Quotations, statements, offices, corrections and groups that name one of them name ``kept`` from then on.
    Their names become variants of its name, so that the next extraction finds it by them; what is a
    title and no name is left out. ``kept`` is new no longer if one of the others was known. Raises
    ``ValidationError`` if ``kept`` is among ``merged``, or if one of them is there no more.
    """
    numbers = {row.pk for row in merged}
    if kept.pk in numbers:
        raise ValidationError(_("A speaker cannot be merged into itself."))
    with transaction.atomic():
        rows = Speaker.objects.select_for_update().order_by("pk").in_bulk({kept.pk, *numbers})
        if len(rows) <= len(numbers):
            raise ValidationError(_("One of these speakers is there no more."))
        stays = rows.pop(kept.pk)
        for other in rows.values():
            _merge(stays, other, user)
        if stays.needs_review and not all(other.needs_review for other in rows.values()):
            confirm_speakers(speakers=Speaker.objects.filter(pk=stays.pk))


def _merge(kept: Speaker, merged: Speaker, user: Any) -> None:
    name, pk = f"{merged.name_ar} ({merged.key})", merged.pk
    said = list(merged.quotations.order_by().values_list("pk", flat=True))
    _give_names(kept, merged)
    _give_terms(kept, merged)
    for field in ("value", "previous"):
        named = Correction.objects.filter(target=Correction.Target.QUOTATION, field="speaker")
        named.filter(**{field: pk}).update(**{field: kept.pk})
    for relation in Speaker._meta.related_objects:
        column = relation.field.name
        relation.related_model.objects.filter(**{column: pk}).update(**{column: kept.pk})
    for entry in LexiconEntry.objects.filter(category="group", attributes__speaker=merged.key):
        entry.attributes["speaker"] = kept.key
        entry.save()
    quotations = Quotation.objects.filter(pk__in=said)
    _give_offices(kept, quotations)
    if not kept.needs_review:
        _settle(quotations)
    met = set(quotations.order_by().values_list("article__meeting", flat=True))
    meetings = Meeting.objects.in_bulk(list(met - {None}))
    for meeting in met:
        group_statements(speaker=kept, meeting=meetings.get(meeting))
    message = _("Merged into %(kept)s: %(merged)s.") % {"kept": kept.name_ar, "merged": name}
    for row, flag in ((kept, CHANGE), (merged, DELETION)):
        LogEntry.objects.log_actions(user.pk, [row], flag, change_message=message, single_object=True)
    merged.delete()


def _give_names(kept: Speaker, merged: Speaker) -> None:
    """The merged names as variants of the kept one; those that it has already stay as they are."""
    has = set(kept.variants.values_list("text", flat=True))
    one_word = kept.kind in NAMED_BY_ONE_WORD
    named = NameVariant(speaker=kept, text=merged.name_ar, alone=one_word or " " in merged.name_ar)
    variants = {named.text: named}
    for variant in merged.variants.all():
        variants.setdefault(variant.text, NameVariant(speaker=kept, text=variant.text, alone=variant.alone))
    merged.variants.all().delete()
    for text, variant in variants.items():
        if text in has or match_key(text) == kept.name_key:
            continue
        try:
            variant.clean()
        except ValidationError:
            continue
        variant.save()


def _give_terms(kept: Speaker, merged: Speaker) -> None:
    """The merged speaker's terms of office; one that the kept speaker has too is not kept twice."""
    has = {tuple(getattr(term, name) for name in SAME_TERM): term for term in kept.terms.all()}
    for term in merged.terms.all():
        same = has.get(tuple(getattr(term, name) for name in SAME_TERM))
        if same is not None:
            term.quotations.update(term=same)
            term.delete()
        else:
            TermOfOffice.objects.filter(pk=term.pk).update(speaker=kept)


def _give_offices(kept: Speaker, quotations: QuerySet[Quotation]) -> None:
    """The office that the kept speaker held on the day of each article, where none is recorded."""
    without = quotations.filter(term=None)
    days = (
        without.exclude(article__published_on=None).order_by().values_list("article__published_on", flat=True)
    )
    for day in list(days.distinct()):
        term = term_on(kept.pk, Article(published_on=day))
        if term is not None:
            rows = without.filter(article__published_on=day).values_list("pk", flat=True)
            Quotation.objects.filter(pk__in=list(rows)).update(term=term)


def _settle(quotations: QuerySet[Quotation]) -> None:
    """That the speaker is new is no reason any more, and may have been the only one."""
    waiting = quotations.filter(review=Quotation.Review.NEEDED).exclude(reasons=[])
    by_reasons: dict[tuple[str, ...], list[int]] = {}
    for pk, reasons in waiting.order_by().values_list("pk", "reasons"):
        if NEW_SPEAKER in reasons:
            left = tuple(reason for reason in reasons if reason != NEW_SPEAKER)
            by_reasons.setdefault(left, []).append(pk)
    for left, pks in by_reasons.items():
        review = {} if left else {"review": Quotation.Review.PENDING}
        Quotation.objects.filter(pk__in=pks).update(reasons=list(left), **review)
