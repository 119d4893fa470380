"""The archive's rows by the keys that the extraction uses, read once a run; makes those that lack."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import slugify

from archive.arabic.normalize import match_key
from archive.extraction.facts import FoundOutlet, FoundSpeaker
from archive.models import (
    Country,
    Meeting,
    NameVariant,
    Source,
    SourceVariant,
    Speaker,
    TermOfOffice,
)

NAME_LENGTH = 160
NAMING_MENTIONS = {"full", "surname"}
NAMED_BY_ONE_WORD = {Speaker.Kind.STATE, Speaker.Kind.ORGANISATION}
# So few words name any body of their kind, unless its country is known.
ANY_BODY = 2


@dataclass(frozen=True, slots=True)
class Known:
    """A speaker that the archive has. ``country`` is a code or None."""

    pk: int
    kind: str
    country: str | None


@dataclass(slots=True)
class Registry:
    """Primary keys by key, read when first asked for.

    ``made`` lists what was added since it was last emptied, as (kind of row, name). After a
    transaction was rolled back call ``forget``: rows made in it are gone.
    """

    made: list[tuple[str, str]] = field(default_factory=list)
    _tables: dict[str, dict[Any, Any]] = field(default_factory=dict)

    def forget(self) -> None:
        self._tables.clear()
        self.made.clear()

    def _table(self, name: str) -> dict[Any, Any]:
        if name not in self._tables:
            self._tables[name] = _READERS[name]()
        return self._tables[name]

    def country(self, code: str | None) -> str | None:
        """The code if the archive has that country."""
        return code if code in self._table("countries") else None

    def term(self, key: str | None) -> int | None:
        return self._table("terms").get(key)

    def meeting(self, key: str | None) -> int | None:
        return self._table("meetings").get(key)

    def source(self, found: FoundOutlet | None) -> int | None:
        """The outlet's primary key; a new outlet is added, to be reviewed."""
        if found is None or not match_key(found.name):
            return None
        keys, names = self._table("sources"), self._table("source_names")
        if found.key in keys:
            return keys[found.key]
        name = match_key(found.name)[:NAME_LENGTH]
        if name not in names:
            title = found.name[:NAME_LENGTH]
            row = Source.objects.create(key=free_key(title, keys), name_ar=title, needs_review=True)
            SourceVariant.objects.create(source=row, text=title)
            keys[row.key] = names[name] = row.pk
            self.made.append(("source", title))
        return names[name]

    def speaker(self, found: FoundSpeaker) -> int | None:
        """The speaker's primary key; a new one is added, to be reviewed.

        Somebody unnamed gets no row, since two unnamed officials are not one speaker, and neither does
        an unknown person, group or document called by a single word («فيصل», «باحثون», «البيان»), which
        many share, nor a body of no country called by one or two («وزارة الخارجية»). A new speaker is the
        one of an earlier article if kind and name are the same and the countries do not differ.
        """
        keys, names = self._table("speakers"), self._table("speaker_names")
        if found.key in keys:
            return keys[found.key]
        name = match_key(found.name_ar)[:NAME_LENGTH]
        if not name or found.type == Speaker.Kind.ANONYMOUS:
            return None
        country = self.country(found.country)
        words = len(name.split())
        if words == 1 and found.type not in NAMED_BY_ONE_WORD:
            return None
        if found.type == Speaker.Kind.ORGANISATION and country is None and words <= ANY_BODY:
            return None
        namesakes = [
            known
            for known in names[name]
            if known.kind == found.type and (None in (known.country, country) or known.country == country)
        ]
        if len(namesakes) == 1:
            return namesakes[0].pk
        row = self._add_speaker(found, country)
        keys[row.key] = row.pk
        names[name].append(Known(row.pk, row.kind, row.country_id))
        return row.pk

    def _add_speaker(self, found: FoundSpeaker, country: str | None) -> Speaker:
        row = Speaker.objects.create(
            key=free_key(found.name_en or found.name_ar, self._table("speakers")),
            kind=found.type,
            name_ar=found.name_ar[:NAME_LENGTH],
            name_en=found.name_en[:NAME_LENGTH],
            role_ar=found.role_ar[:200],
            country_id=country,
            needs_review=True,
        )
        NameVariant.objects.bulk_create(
            NameVariant(speaker=row, text=text, alone=" " in text, key=match_key(text))
            for text in names_of(found)
        )
        self.made.append(("speaker", row.name_ar))
        return row


def names_of(found: FoundSpeaker) -> list[str]:
    """The speaker's variants that are names: not those only ever seen as a title or an honorific."""
    titles = {match_key(mention.text) for mention in found.mentions if mention.kind not in NAMING_MENTIONS}
    names = {match_key(mention.text) for mention in found.mentions if mention.kind in NAMING_MENTIONS}
    names.add(match_key(found.name_ar))
    texts = [found.name_ar, *found.variants]
    kept = {
        text[:NAME_LENGTH]: None
        for text in texts
        if match_key(text) and (match_key(text) in names or match_key(text) not in titles)
    }
    return list(kept)


def free_key(name: str, taken: dict[Any, Any]) -> str:
    """A key made of ``name`` that is not yet taken."""
    stem = slugify(name, allow_unicode=True)[:70].strip("-") or "new"
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key


def _speaker_names() -> dict[str, list[Known]]:
    """Speakers by the normal form of each name that names them by itself."""
    names: dict[str, dict[int, Known]] = defaultdict(dict)
    for pk, kind, country, key in Speaker.objects.values_list("pk", "kind", "country", "name_key"):
        names[key][pk] = Known(pk, kind, country)
    variants = NameVariant.objects.filter(alone=True).order_by()
    for pk, kind, country, key in variants.values_list("speaker", "speaker__kind", "speaker__country", "key"):
        names[key][pk] = Known(pk, kind, country)
    return defaultdict(list, {key: list(known.values()) for key, known in names.items()})


def _source_names() -> dict[str, int]:
    names = dict(SourceVariant.objects.order_by().values_list("key", "source"))
    return names | dict(Source.objects.order_by().values_list("name_key", "pk"))


_READERS = {
    "countries": lambda: dict.fromkeys(Country.objects.order_by().values_list("pk", flat=True)),
    "terms": lambda: dict(TermOfOffice.objects.order_by().values_list("key", "pk")),
    "meetings": lambda: dict(Meeting.objects.order_by().values_list("key", "pk")),
    "sources": lambda: dict(Source.objects.order_by().values_list("key", "pk")),
    "source_names": _source_names,
    "speakers": lambda: dict(Speaker.objects.order_by().values_list("key", "pk")),
    "speaker_names": _speaker_names,
}
