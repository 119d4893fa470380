"""Statements: the quotations of several articles that report the same words, grouped and kept so.

What is grouped depends on the stored quotations alone, so doing it again changes nothing. Links to
statements go past the queue of changes: search shows none.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Container, Iterable
from datetime import date, timedelta
from functools import cache, lru_cache

from django.db import transaction
from django.db.models import Q, QuerySet

from archive.extraction.entities import EntityNames
from archive.extraction.statements import DAYS_APART, Candidate, StatementMatcher
from archive.models import Article, Country, LexiconEntry, Meeting, NameVariant, Quotation, Speaker, Statement

# Where the war is: for speakers of these countries their country's name says where, not who.
THEATRE = {"IQ", "SY"}
APART = timedelta(days=DAYS_APART)
Names = tuple[tuple[str, tuple[str, ...]], ...]


def group_statements(*, speaker: Speaker, meeting: Meeting | None = None) -> list[Statement]:
    """Group what one speaker said at a meeting; returns the statements there are then.

    Without a meeting, articles within two days of each other report one occasion. A statement keeps its
    primary key while most of its quotations stay together; one that is left with fewer than two
    articles goes. One transaction.
    """
    with transaction.atomic():
        _hold([speaker.pk])
        return _group(speaker, meeting, None, cache(_names))


def statements_of(article: Article) -> set[int]:
    """The primary keys of the statements that an article has a part in, for ``regroup`` to look at later."""
    return set(
        article.quotations.exclude(statement=None).order_by().values_list("statement", flat=True).distinct()
    )


def regroup(*, article: Article, left: Iterable[int] = ()) -> None:
    """Group again what a changed article may belong to now, and what it belonged to before.

    Its quotations point to the statements that they were in; ``left`` are those of quotations that
    have been deleted since (see ``statements_of``). One transaction.
    """
    with transaction.atomic():
        before = Statement.objects.filter(pk__in=statements_of(article) | set(left)).select_related(
            "speaker", "meeting"
        )
        occasions: dict[tuple[Speaker, Meeting | None], set[date]] = defaultdict(set)
        for statement in before:
            days = statement.quotations.order_by().values_list("article__published_on", flat=True).distinct()
            occasions[statement.speaker, statement.meeting].update(filter(None, days))
        quoted = Speaker.objects.filter(quotations__article=article).distinct()
        for speaker in quoted:
            occasions[speaker, article.meeting].update(filter(None, [article.published_on]))
        _hold(speaker.pk for speaker, _meeting in occasions)
        names = cache(_names)
        for (speaker, meeting), days in occasions.items():
            _group(speaker, meeting, days, names)


def group_all_statements() -> int:
    """Group every quotation of the archive again; returns how many statements there are.

    Each speaker at each meeting is a transaction of its own, so that nobody waits long to write.
    """
    said = Quotation.objects.exclude(speaker=None).order_by()
    pairs = set(said.values_list("speaker", "article__meeting").distinct())
    pairs |= set(Statement.objects.order_by().values_list("speaker", "meeting").distinct())
    speakers, meetings = Speaker.objects.in_bulk(), Meeting.objects.in_bulk()
    names = cache(_names)
    for speaker, meeting in sorted(pairs, key=str):
        with transaction.atomic():
            _hold([speaker])
            _group(speakers[speaker], meetings.get(meeting), None, names)
    return Statement.objects.count()


def _hold(speakers: Iterable[int]) -> None:
    """Let nobody else group what these said before the transaction ends: neither would see the other's."""
    rows = Speaker.objects.select_for_update(no_key=True).filter(pk__in=set(speakers))
    list(rows.order_by("pk").values_list("pk"))


def _group(
    speaker: Speaker, meeting: Meeting | None, near: Iterable[date] | None, names: Callable[[], Names]
) -> list[Statement]:
    """``group_statements`` inside a transaction; ``names`` are read only where two articles meet.

    ``near`` limits the work without a meeting to the occasions that these days belong to.
    """
    said = _groupable(speaker, meeting)
    stored = Statement.objects.filter(speaker=speaker, meeting=meeting)
    if meeting is None and near is not None:
        days = _occasions(said, set(near))
        said = said.filter(article__published_on__in=days)
        stored = stored.filter(Q(quotations__article__published_on__in=days) | Q(quotations=None))
    known = {statement.pk: statement for statement in stored}
    rows = list(
        said.order_by("pk").values_list("pk", "article", "text", "statement", "article__published_on")
    )
    held = {row[0]: row[3] for row in rows}
    members = [{row.key for row in group} for group in _groups(rows, speaker, meeting, names)]
    statements = [
        known[pk] if pk else Statement.objects.create(speaker=speaker, meeting=meeting)
        for pk in _keep(members, held, known)
    ]
    for statement, quotations in zip(statements, members, strict=True):
        _link({pk for pk in quotations if held[pk] != statement.pk}, statement)
    _unlink(known, held, grouped=set().union(*members))
    Statement.objects.filter(pk__in=known.keys() - {statement.pk for statement in statements}).delete()
    return statements


def _groupable(speaker: Speaker, meeting: Meeting | None) -> QuerySet:
    """The quotations that may be grouped; none of somebody unnamed, who may be anybody."""
    if speaker.kind == Speaker.Kind.ANONYMOUS:
        return Quotation.objects.none()
    said = Quotation.objects.accepted().outermost().filter(speaker=speaker, alone=False)
    if meeting is not None:
        return said.filter(article__meeting=meeting)
    return said.filter(
        article__meeting=None,
        article__published_on__isnull=False,
        article__date_precision=Article.DatePrecision.DAY,
    )


def _occasions(said: QuerySet, near: set[date]) -> set[date]:
    """``near`` and the days of the articles that hang together with it, none far from the next."""
    runs: list[list[date]] = []
    for day in sorted(set(said.order_by().values_list("article__published_on", flat=True))):
        if runs and day - runs[-1][-1] <= APART:
            runs[-1].append(day)
        else:
            runs.append([day])
    reached = (run for run in runs if any(run[0] - day <= APART and day - run[-1] <= APART for day in near))
    return near.union(*reached)


def _groups(
    rows: list[tuple], speaker: Speaker, meeting: Meeting | None, names: Callable[[], Names]
) -> list[list[Candidate]]:
    if len({article for _pk, article, *_rest in rows}) < 2:
        return []
    candidates = [
        Candidate(pk, article, text, day.toordinal() if meeting is None else None)
        for pk, article, text, _statement, day in rows
    ]
    own = {speaker.country_id} - THEATRE - {None}
    return _matcher(names()).group(candidates, frozenset(own))


def _keep(members: list[set[int]], held: dict[int, int | None], known: Container[int]) -> list[int | None]:
    """For each group the statement that it goes on with, or None: the most quotations in common first."""
    common = Counter(
        (held[pk], number)
        for number, quotations in enumerate(members)
        for pk in quotations
        if held[pk] in known
    )
    kept: list[int | None] = [None] * len(members)
    taken = set()
    for (statement, number), _count in sorted(common.items(), key=lambda pair: (-pair[1], pair[0])):
        if statement not in taken and kept[number] is None:
            kept[number] = statement
            taken.add(statement)
    return kept


def _link(quotations: set[int], statement: Statement | None) -> None:
    if quotations:
        # Through a plain queryset: search does not look at what a statement holds together.
        QuerySet(Quotation).filter(pk__in=quotations).update(statement=statement)


def _unlink(known: Collection[int], held: dict[int, int | None], *, grouped: set[int]) -> None:
    """Take out what is in no group any more, and what may not be grouped any more."""
    _link({pk for pk, statement in held.items() if statement and pk not in grouped}, None)
    stray = Quotation.objects.filter(statement__in=list(known)).exclude(pk__in=grouped)
    _link(set(stray.values_list("pk", flat=True)), None)


def _names() -> Names:
    """What the curators' tables call countries, organisations and people, each under one key."""
    countries = Country.objects.order_by("code").values_list(
        "code", "name_ar", "other_names", "demonyms", "capitals"
    )
    people = NameVariant.objects.filter(
        alone=True, speaker__needs_review=False, speaker__kind=Speaker.Kind.PERSON
    )
    bodies = LexiconEntry.objects.filter(category="organisation").order_by("pk")
    return (
        *((code, (name, *others, *nisbas, *capitals)) for code, name, others, nisbas, capitals in countries),
        *((text, (text,)) for text in bodies.values_list("text", flat=True)),
        *((key, (text,)) for key, text in people.order_by("pk").values_list("speaker__key", "text")),
    )


@lru_cache(maxsize=1)
def _matcher(names: Names) -> StatementMatcher:
    """One for as long as the tables stay as they are; it remembers what it has compared."""
    return StatementMatcher(EntityNames(names))
