"""The versions of a statement beside each other, as pages show them.

Turns statements that are already loaded (``StatementQuerySet.with_versions``) into what is read; asks
the database nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from archive.extraction.collation import Collation, Side, collate
from archive.extraction.statements import fullness, parts
from archive.models import Article, Quotation, Statement

# Between two quotations of one article that together are one version.
CUT = " … "
# More versions than this are read on the statement's own page.
SHOWN_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Version:
    """How one article reports a statement: in one quotation, or in several that follow each other."""

    article: Article
    quotations: tuple[Quotation, ...]
    text: str

    @property
    def first(self) -> Quotation:
        return self.quotations[0]

    @property
    def is_verbatim(self) -> bool:
        return all(quotation.kind == Quotation.Kind.DIRECT for quotation in self.quotations)


@dataclass(frozen=True, slots=True)
class Pair:
    """The fullest version and another one, compared word by word."""

    one: Version
    other: Version
    collation: Collation


@dataclass(frozen=True, slots=True)
class Column:
    """A version in a row of them; ``side`` says how it differs, None where nothing is marked."""

    version: Version
    side: Side | None


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement with its versions side by side; ``pair`` is set when there are two, ``more`` not shown."""

    statement: Statement
    columns: tuple[Column, ...]
    pair: Pair | None
    more: int


def versions_of(statement: Statement) -> list[Version]:
    """The versions that a reader may see, the fullest first."""
    found = [_version(list(rows)) for _article, rows in groupby(statement.seen, key=attrgetter("article_id"))]
    return sorted(found, key=lambda version: (-fullness(version.text), version.first.pk))


def compare_versions(versions: Sequence[Version]) -> list[Pair]:
    """The fullest version with each of the others."""
    fullest = versions[0]
    return [Pair(fullest, other, collate(fullest.text, other.text)) for other in versions[1:]]


def statement_rows(statements: Iterable[Statement]) -> list[StatementRow]:
    """Statements with their versions side by side, what differs from the fullest marked.

    The fullest itself is marked only beside a single other one: of several it cannot differ at once.
    """
    rows = []
    for statement in statements:
        versions = versions_of(statement)
        pairs = compare_versions(versions[:SHOWN_AT_ONCE])
        alone = pairs[0] if len(versions) == 2 else None
        columns = (
            Column(versions[0], alone.collation.one if alone else None),
            *(Column(pair.other, pair.collation.other) for pair in pairs),
        )
        rows.append(StatementRow(statement, columns, alone, len(versions) - len(columns)))
    return rows


def _version(quotations: list[Quotation]) -> Version:
    kept = [quotations[place] for place in parts([row.text for row in quotations])]
    return Version(kept[0].article, tuple(kept), CUT.join(row.text for row in kept))
