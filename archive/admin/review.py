"""The review desk: what waits for a curator, least certain first, with one-click verdicts.

Three pages, one each for quotations, articles and new speakers, as additions to the ModelAdmins of these
tables. Without JavaScript everything but the choice of another speaker works.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, F, Model, Prefetch, Q, QuerySet
from django.db.models.functions import Greatest, Substr
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext as _

from archive.admin.presentation import field_label, link
from archive.corrections import correct_quotation
from archive.dates_in_words import date_in_words
from archive.identities import confirm_speakers
from archive.models import Article, Quotation, Speaker
from archive.reviewing import Question, open_questions, reasons_in_words
from archive.typed_names import typed_numbers
from archive.voices import attribution_in_words

ROWS = 20
CONTEXT = 160  # characters of the article shown on either side of a quotation
SAMPLES = 2  # quotations shown of a new speaker


class SpeakerChoice(forms.Form):
    """Another speaker for a quotation, or the known one that a new speaker is, found by any spelling."""

    def __init__(self, *args: Any, name: str = "speaker", of: str = "", **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"%s-{of}", **kwargs)
        widget = AutocompleteSelect(Quotation._meta.get_field("speaker"), admin.site)
        self.fields[name] = forms.ModelChoiceField(
            Speaker.objects.all(), required=False, widget=widget, label=_("speaker")
        )


class ReviewList:
    """For a ModelAdmin: the page ``review/`` with the rows that wait, and what a curator says of one.

    The ModelAdmin says what waits, what is shown of it and what a verdict does: the three methods that
    raise ``NotImplementedError`` here.
    """

    review_template: str
    review_title: Any
    verdicts: tuple[str, ...] = ("confirm",)

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_review"
        return [path("review/", self.admin_site.admin_view(self.review_view), name=name), *super().get_urls()]

    def to_review(self, request: HttpRequest) -> QuerySet:
        """The rows that wait, in the order in which they are to be looked at."""
        raise NotImplementedError

    def cards(self, rows: Sequence[Model]) -> list[dict[str, Any]]:
        """What the page shows of each row."""
        raise NotImplementedError

    def judge(self, request: HttpRequest, row: Model, verdict: str) -> str:
        """Do what the curator says of a row (one of ``verdicts``); returns the sentence that tells it."""
        raise NotImplementedError

    def review_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        waiting = self.to_review(request)
        if request.method == "POST":
            return self._judged(request, waiting)
        page = Paginator(waiting, ROWS).get_page(request.GET.get("page"))
        cards = self.cards(list(page.object_list))
        # After the first one the next is at the top by itself, under the message that tells what was done.
        for card, following in pairwise(cards[1:]):
            card["following"] = following["row"].pk
        context = {
            **self.admin_site.each_context(request),
            "title": self.review_title,
            "opts": self.opts,
            "page": page,
            "cards": cards,
            "media": self.media + SpeakerChoice().media,
        }
        return TemplateResponse(request, self.review_template, context)

    def _judged(self, request: HttpRequest, waiting: QuerySet) -> HttpResponse:
        """Back to the list, at the row that follows."""
        row = waiting.filter(pk__in=typed_numbers([request.POST.get("row", "")])).first()
        if row is None:
            self.message_user(request, _("It is not waiting for review any more."), messages.WARNING)
        else:
            verdict = request.POST.get("verdict", "")
            try:
                if verdict not in self.verdicts:
                    raise ValidationError(_("Choose one of the buttons."))
                told = self.judge(request, row, verdict)
                self.message_user(request, format_html("{} {}", link(row), told), messages.SUCCESS)
            except ValidationError as error:
                self.message_user(request, " ".join(error.messages), messages.ERROR)
        anchor = "".join(f"#row-{number}" for number in typed_numbers([request.POST.get("following", "")]))
        return HttpResponseRedirect(request.get_full_path() + anchor)


class QuotationReview(ReviewList):
    review_template = "admin/archive/review_quotations.html"
    verdicts = ("confirm", "reject", "speaker")

    @property
    def review_title(self) -> str:
        return _("Quotations to review")

    def to_review(self, request: HttpRequest) -> QuerySet:
        """Of one article or speaker, if the address names one."""
        rows = Quotation.objects.to_review().shown()
        for name in ("article", "speaker"):
            if number := typed_numbers([request.GET.get(name, "")]):
                rows = rows.filter(**{f"{name}__in": number})
        first = Greatest(F("start") - CONTEXT, 0)
        text = "article__text"
        return rows.annotate(
            before=Substr(text, first + 1, F("start") - first),
            after=Substr(text, F("end") + 1, CONTEXT),
            called=Substr(text, F("surface_start") + 1, F("surface_end") - F("surface_start")),
        )

    def cards(self, rows: Sequence[Quotation]) -> list[dict[str, Any]]:
        return [
            {
                "row": row,
                "before": _from_whole_word(row.before, cut=row.start > CONTEXT),
                "after": _to_whole_word(row.after),
                "reasons": reasons_in_words(row.reasons),
                "known": attribution_in_words(row, row.called or "") if row.speaker else "",
                "per_cent": round(100 * row.confidence),
                "form": SpeakerChoice(of=str(row.pk)),
            }
            for row in rows
        ]

    def judge(self, request: HttpRequest, row: Quotation, verdict: str) -> str:
        if verdict == "speaker":
            form = SpeakerChoice(request.POST)
            chosen = form.is_valid() and form.cleaned_data["speaker"]
            if not chosen:
                raise ValidationError(_("Choose a speaker first."))
            values = {"speaker": chosen} if chosen.pk != row.speaker_id else {"review": "confirmed"}
            told = _("is said by %(speaker)s.") % {"speaker": chosen}
        else:
            confirmed = verdict == "confirm"
            values = {"review": Quotation.Review.CONFIRMED if confirmed else Quotation.Review.REJECTED}
            told = _("is confirmed.") if confirmed else _("is rejected.")
        correct_quotation(quotation=row, values=values, user=request.user)
        return told


class ArticleReview(ReviewList):
    review_template = "admin/archive/review_articles.html"

    @property
    def review_title(self) -> str:
        return _("Articles to review")

    def to_review(self, request: HttpRequest) -> QuerySet:
        needed = Count("quotations", filter=Q(quotations__review=Quotation.Review.NEEDED))
        rows = Article.objects.filter(needs_review=True).select_related("source", "meeting")
        return rows.defer("text", "body", "furniture", "sections").annotate(waiting=needed).order_by("pk")

    def cards(self, rows: Sequence[Article]) -> list[dict[str, Any]]:
        questions = open_questions(rows)
        return [
            {"row": row, "questions": [_asked(row, question) for question in questions.get(row.pk, [])]}
            for row in rows
        ]

    def judge(self, request: HttpRequest, row: Article, verdict: str) -> str:
        Article.objects.filter(pk=row.pk).update(needs_review=False)
        return _("is reviewed.")


class SpeakerReview(ReviewList):
    review_template = "admin/archive/review_speakers.html"

    @property
    def review_title(self) -> str:
        return _("New speakers")

    def to_review(self, request: HttpRequest) -> QuerySet:
        """Those who are quoted most first."""
        samples = (
            Quotation.objects.accepted().select_related("article").defer("article__text", "article__body")
        )
        return (
            Speaker.objects.to_review()
            .select_related("country")
            .prefetch_related(
                "variants", Prefetch("quotations", samples.order_by("pk")[:SAMPLES], to_attr="samples")
            )
            .with_quotation_counts()
            .order_by("-quotation_count", "sort_key", "pk")
        )

    def cards(self, rows: Sequence[Speaker]) -> list[dict[str, Any]]:
        return [{"row": row, "form": SpeakerChoice(name="kept", of=str(row.pk))} for row in rows]

    def judge(self, request: HttpRequest, row: Speaker, verdict: str) -> str:
        confirm_speakers(speakers=Speaker.objects.filter(pk=row.pk))
        return _("is confirmed.")


def _from_whole_word(text: str, *, cut: bool) -> str:
    return "… " + text.partition(" ")[2] if cut else text


def _to_whole_word(text: str) -> str:
    return text.rpartition(" ")[0] + " …" if len(text) == CONTEXT else text


def _asked(article: Article, question: Question) -> dict[str, Any]:
    """A question about an article as the page shows it."""
    value = getattr(article, question.field, None) if question.correction is None else None
    if question.field == "published_on" and value:
        value = date_in_words(value, article.date_precision)
    return {
        "label": field_label(Article, question.field),
        "value": value,
        "per_cent": round(100 * question.confidence),
        "words": [proof["text"] for proof in question.evidence],
        "correction": question.correction,
    }
