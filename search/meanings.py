"""What a name in a field or a filter means: the rows of the archive that it names."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from archive.arabic.normalize import match_key
from search.memory import Memory, remember
from search.named_rows import NamedRows
from search.places import Countries, Meetings
from search.query_language import storable

_LONGEST = 200
# The table of a field whose name is not the table's.
_TABLE = {"minister": "speaker"}

Rows = Countries | Meetings | NamedRows


def named_keys(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[frozenset[str], str]]:
    """The index values that each pair of a field and a name means, and a sentence if it names nothing.

    However many pairs, five database queries at most. A minister whom no quotation names may still be
    named by the words of an article. Speakers and outlets that an import made and only articles out of
    sight name are unknown here.
    """
    names = {pair: storable(pair[1]).strip() for pair in pairs}
    if not names:
        return {}
    problems = {
        "speaker": _("No speaker is called “%(name)s”."),
        "country": _("No country is called “%(name)s”."),
        "source": _("No outlet is called “%(name)s”."),
        "meeting": _("No meeting is called “%(name)s”."),
    }
    asked: dict[str, dict[str, None]] = defaultdict(dict)
    for (field, _written), name in names.items():
        if 0 < len(name) <= _LONGEST:
            asked[_TABLE.get(field, field)][name] = None
    memory = remember()
    meant = {table: _meant(_rows(memory, table), wanted, memory) for table, wanted in asked.items()}
    found = {}
    for (field, written), name in names.items():
        table = _TABLE.get(field, field)
        values = meant.get(table, {}).get(name, frozenset())
        told = name and not values and field != "minister"
        found[field, written] = values, problems[table] % {"name": name[:_LONGEST]} if told else ""
    return found


def country_codes(name: str) -> frozenset[str]:
    """The ISO codes of the countries that a code or a name means."""
    memory = remember()
    return _meant(memory.countries, [name], memory)[name]


def stop_words() -> frozenset[str]:
    """The words (folded) that are too common to be looked for; one small database query."""
    return remember().lexicon.stop_words


def _rows(memory: Memory, table: str) -> Rows:
    match table:
        case "speaker":
            return memory.speakers
        case "country":
            return memory.countries
        case "source":
            return memory.sources
    return memory.meetings


def _meant(rows: Rows, names: Collection[str], memory: Memory) -> dict[str, frozenset[str]]:
    """The primary keys of the rows that each name means, or another spelling of it in the lexicon."""
    meant: Mapping[str, set[Any]] = rows.meant_by(names)
    aliases = memory.lexicon.spelled
    spelled = {name: aliases.get(match_key(name), ()) for name in names if not meant[name]}
    further: Mapping[str, set[Any]] = rows.meant_by({each for one in spelled.values() for each in one})
    return {
        name: frozenset(map(str, keys.union(*(further[each] for each in spelled.get(name, ())))))
        for name, keys in meant.items()
    }
