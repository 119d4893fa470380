"""What a spelling would add to the searches for a speaker: a page of the correction desk.

Nothing is saved here. A spelling that the speaker already has is compared with his other ones, so that
the page tells the same before and after it is saved.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.arabic.clitics import without_article
from archive.arabic.normalize import match_key
from archive.models import LexiconEntry, NameVariant, Speaker
from search.compiling import ways_of
from search.engine.asking import Request, Results, ask
from search.engine.plans import Clause, NotPlan, RunPlan
from search.engine.snapshot import Snapshot
from search.engine.store import IndexUnusableError
from search.hits import Hit, make_hits
from search.indexing import index_store
from search.names import Alternative, Spelling, spelling_of
from search.query_language import storable

SHOWN = 20
LONGEST = 160
# A spelling in so large a share of the articles, and at least in so many, is hardly a name.
COMMON_SHARE, COMMON_COUNT = 0.1, 50


@dataclass(frozen=True, slots=True)
class Preview:
    """``count`` articles would be brought in, the newest of them are ``hits``.

    ``matched`` is how many have the spelling, ``present`` how many the speaker's other spellings find now.
    """

    warnings: list[str]
    count: int = 0
    matched: int = 0
    present: int = 0
    hits: list[Hit] = field(default_factory=list)

    @property
    def rest(self) -> int:
        """How many articles are not shown."""
        return self.count - len(self.hits)

    @property
    def summary(self) -> str:
        return ngettext(
            "This spelling would add %(count)s article.",
            "This spelling would add %(count)s articles.",
            self.count,
        ) % {"count": self.count}

    @property
    def known(self) -> str:
        having = ngettext(
            "It stands in %(count)s article.", "It stands in %(count)s articles.", self.matched
        ) % {"count": self.matched}
        found = ngettext(
            "The speaker’s other spellings find %(count)s article.",
            "The speaker’s other spellings find %(count)s articles.",
            self.present,
        ) % {"count": self.present}
        return f"{having} {found}"


def variant_preview(request: HttpRequest) -> HttpResponse:
    """The page for ``?speaker=`` (a primary key) and ``?text=``; for whoever may change speakers."""
    if not request.user.has_perm("archive.change_speaker"):
        raise PermissionDenied
    number = request.GET.get("speaker", "")
    speaker = Speaker.objects.filter(pk=number).first() if _is_key(number) else None
    if speaker is None:
        raise Http404
    text = storable(request.GET.get("text", "")).strip()[:LONGEST]
    context = {
        **admin.site.each_context(request),
        "title": _("A spelling in searches: %(speaker)s") % {"speaker": speaker.name_ar},
        "speaker": speaker,
        "text": text,
        "longest": LONGEST,
        "preview": preview(speaker, text) if text else None,
    }
    return TemplateResponse(request, "admin/search/variant_preview.html", context)


def preview(speaker: Speaker, text: str) -> Preview:
    """What ``text`` would add as a name variant that names ``speaker`` by itself."""
    spelling = spelling_of(text)
    if not spelling:
        return Preview([_("A name needs at least one word.")])
    warnings = _warnings(speaker, text)
    others = [
        spelling_of(variant.text)
        for variant in speaker.variants.filter(alone=True)
        if spelling_of(variant.text) != spelling
    ]
    asked, known = _clause([spelling]), _clause(others)
    missing = Clause("", True, NotPlan(known.plan))
    try:
        snapshot = index_store().snapshot()
        count, present = _ask(snapshot, [asked]).total, _ask(snapshot, [known]).total
        added = _ask(snapshot, [asked, missing], SHOWN)
    except (IndexUnusableError, OSError):
        return Preview([*warnings, _("The index is being built. Ask again in a moment.")])
    if count >= max(COMMON_COUNT, COMMON_SHARE * snapshot.live.sum()):
        warnings.append(_("This stands in very many articles: it may be an ordinary word."))
    return Preview(warnings, added.total, count, present, make_hits(added.hits, [asked]))


def _is_key(number: str) -> bool:
    return number.isascii() and number.isdigit() and len(number) < 19


def _warnings(speaker: Speaker, text: str) -> list[str]:
    warnings: list[str] = []
    key = match_key(text)
    try:
        NameVariant(speaker=speaker, text=text).clean()
    except ValidationError as error:
        warnings += error.messages
    else:
        if _opens_a_title(key):
            warnings.append(_("This begins as titles do. Titles belong to the terms of office."))
    variants = NameVariant.objects.filter(key=key).select_related("speaker")
    for other in dict.fromkeys(each.speaker for each in variants if each.speaker != speaker):
        warnings.append(
            _("This is also a spelling of %(speaker)s: both would be found by it.")
            % {"speaker": other.name_ar}
        )
    if any(each.speaker == speaker and not each.alone for each in variants):
        warnings.append(_("It is kept as one that does not name the speaker by itself: searches pass it by."))
    if LexiconEntry.objects.filter(category=LexiconEntry.Category.STOP_WORD, key=key).exists():
        warnings.append(_("This is one of the words that searches leave out."))
    return warnings


def _opens_a_title(key: str) -> bool:
    """Whether the first word is a head noun of titles (وزير) and no form of address (الشيخ)."""
    entries = LexiconEntry.objects.filter(
        category=LexiconEntry.Category.TITLE, key=without_article(key.partition(" ")[0])
    )
    return any(not {"part", "prefix"} & entry.attributes.keys() for entry in entries)


def _clause(spellings: Iterable[Spelling]) -> Clause:
    """What the search looks for when ``spellings`` are a name's other spellings."""
    ways = [way for spelling in spellings for way in ways_of(Alternative(spelling))]
    marked = {tuple(word.surface for word in way.words) for way in ways}
    return Clause("", True, RunPlan(tuple(ways)), spellings=marked)


def _ask(snapshot: Snapshot, clauses: list[Clause], shown: int = 0) -> Results:
    """The articles that have all that is looked for, the newest ``shown`` of them as hits."""
    return ask(snapshot, Request(clauses, sort="newest", limit=shown, facets=()))
