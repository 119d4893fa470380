"""Speakers and outlets by all that they are called, as plain data that tens of thousands fit in."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from django.db import connection

from archive.models import NameVariant, Source, SourceVariant, Speaker
from archive.typed_names import is_latin, latin_keys, typed_keys, typed_numbers
from search.names import Spelling, spelling_of

_AT_ONCE = 5000

# Primary keys by a name: most names have one bearer, which needs no tuple.
Bearers = dict[str, int | tuple[int, ...]]


class NamedRows:
    """The rows of a table whose rows have a key, an Arabic and an English name, and variants.

    ``spelled`` has, for every primary key, the folded words of the variants that name the row alone, in
    the order of their keys; ``unconfirmed`` are the rows that an import made. ``impersonal`` are speakers
    that are no persons (of an outlet all).
    """

    def __init__(
        self, model: type[Speaker] | type[Source], variant: type[NameVariant] | type[SourceVariant]
    ) -> None:
        """Read the table; two database queries."""
        self._model = model
        self.unconfirmed: set[int] = set()
        self.impersonal: set[int] = set()
        self._keys: dict[str, int] = {}
        self._called: Bearers = {}
        self._latin: list[tuple[int, str]] = []
        of_speakers = model is Speaker
        # By primary key the phrases of the variants that name the row alone, with their keys.
        words: dict[int, dict[str, str]] = {}
        for pk, key, name_key, name_en, needs_review, kind in _read(
            model, "pk", "key", "name_key", "name_en", "needs_review", "kind"
        ):
            words[pk] = {}
            self._keys[key] = pk
            self._call(name_key, pk)
            if name_en:
                self._latin.append((pk, name_en))
            if needs_review:
                self.unconfirmed.add(pk)
            if not of_speakers or kind != Speaker.Kind.PERSON:
                self.impersonal.add(pk)
        owner, alone = ("speaker", "alone") if of_speakers else ("source", "pk")
        for pk, key, is_alone in _read(variant, owner, "key", alone):
            if pk not in words:  # made since the first query
                continue
            phrase = key
            if not key.replace(" ", "").isalpha():
                phrase = " ".join(spelling_of(key))
                self._call(key.replace("-", " "), pk)
                self._call(phrase, pk)
            self._call(key, pk)
            if is_alone and phrase:
                words[pk][phrase] = min(key, words[pk].get(phrase, key))
        self.spelled = {pk: tuple(sorted(own, key=own.__getitem__)) for pk, own in words.items()}

    def _call(self, name: str, pk: int) -> None:
        known = self._called.get(name)
        if known is None:
            self._called[name] = pk
        elif isinstance(known, int):
            if known != pk:
                self._called[name] = (known, pk)
        elif pk not in known:
            self._called[name] = (*known, pk)

    def called(self, name: str) -> tuple[int, ...]:
        """The primary keys of the rows that a folded name is a name or a variant of."""
        found = self._called.get(name, ())
        return (found,) if isinstance(found, int) else found

    def spellings(self, pk: int) -> list[Spelling]:
        """Every spelling that names a row alone, in folded words."""
        return [tuple(phrase.split(" ")) for phrase in self.spelled.get(pk, ())]

    def named_alone(self, phrases: Iterable[str]) -> dict[str, set[int]]:
        """The rows that each of the folded ``phrases`` names by itself, without those that name none."""
        found: dict[str, set[int]] = {}
        for phrase in phrases:
            rows = {pk for pk in self.called(phrase) if phrase in self.spelled[pk]}
            if rows:
                found[phrase] = rows
        return found

    def out_of_sight(self, rows: Iterable[int]) -> set[int]:
        """Those of ``rows`` that an import made and that only articles out of sight name.

        One database query, and none when all are confirmed: what is seen changes with every article.
        """
        unconfirmed = self.unconfirmed.intersection(rows)
        if not unconfirmed:
            return unconfirmed
        known = self._model.objects.known().filter(pk__in=unconfirmed)
        return unconfirmed - set(known.order_by().values_list("pk", flat=True))

    @cached_property
    def persons_in_latin(self) -> Mapping[str, tuple[int, ...]]:
        """Persons by their folded Latin names and surnames."""
        bearers: dict[str, dict[int, None]] = {}
        for pk, name in self._latin:
            if pk not in self.impersonal:
                for key in latin_keys(name, surnames=True):
                    bearers.setdefault(key, {})[pk] = None
        return {key: tuple(rows) for key, rows in bearers.items()}

    @cached_property
    def _joined_latin(self) -> Mapping[str, set[int]]:
        """Rows by their folded Latin names without spaces; a person by the surname too."""
        rows: dict[str, set[int]] = {}
        for pk, name in self._latin:
            for key in latin_keys(name, surnames=pk not in self.impersonal):
                rows.setdefault(key.replace(" ", ""), set()).add(pk)
        return rows

    def meant_by(self, texts: Iterable[str]) -> dict[str, set[Any]]:
        """The primary keys that each text means: the row whose key or number it is, or else all it names.

        By any name or variant, in any case, hyphenated or not, with the article or without it; rows out
        of sight are none. One database query at most.
        """
        stated = {text: self._stated(text) for text in texts}
        keys = {text: typed_keys(text) for text in stated}
        called = {text: {pk for key in keys[text] for pk in self.called(key)} for text in stated}
        latin = {text: self._called_in_latin(keys[text]) for text in stated}
        hidden = self.out_of_sight(set().union(*stated.values(), *called.values(), *latin.values()))
        return {text: stated[text] - hidden or (called[text] | latin[text]) - hidden for text in stated}

    def _stated(self, text: str) -> set[int]:
        """The rows whose key or number a text is."""
        found = {pk for pk in typed_numbers([text]) if pk in self.spelled}
        if text in self._keys:
            found.add(self._keys[text])
        return found

    def _called_in_latin(self, keys: Collection[str]) -> set[int]:
        if not is_latin("".join(keys)):
            return set()
        return {pk for key in keys for pk in self._joined_latin.get(key.replace(" ", ""), ())}


def _read(model: Any, *fields: str) -> Iterator[tuple[Any, ...]]:
    """The columns of every row, as the database's driver gives them: texts and numbers need nothing more."""
    sql, params = model._base_manager.order_by("pk").values_list(*fields).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        while rows := cursor.fetchmany(_AT_ONCE):
            yield from rows
