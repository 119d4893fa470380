"""The Whoosh schema of both indexes: lean, nothing stored but the identifier.

``exact`` holds the words of a document as they are written, with the positions from which the columns are
made when they are lost, ``stem`` their stems, ``title`` the stems of the titles, whose words are the first
of the document. The fields of keys hold primary keys (``speaker``, ``source``, ``meeting``), ISO codes of
countries and kinds of quotation, ``date`` the ISO date: exact values, one term each, so labels may change
without a new index. ``pk`` and ``article`` are primary keys, of what the document is and of its article, and
``digest`` is that of its content (``documents.digest_of``); columns without terms.
"""

from typing import TYPE_CHECKING

from search.analysis import LayerAnalyzer

if TYPE_CHECKING:
    from whoosh.fields import Schema

ARTICLES, QUOTATIONS = "articles", "quotations"
INDEXES = (ARTICLES, QUOTATIONS)
# What Whoosh calls an index of which a folder holds one.
INDEX_NAME = "MAIN"
KEY_FIELDS = ("speaker", "country", "source", "meeting", "kind")
EXACT, STEM = LayerAnalyzer("exact"), LayerAnalyzer("stem")
_IDENTIFIERS = {ARTICLES: "archive.article", QUOTATIONS: "archive.quotation"}


def index_schema() -> "Schema":
    """A schema of one's own: Whoosh changes what it is given."""
    # A process that only reads starts sooner without Whoosh.
    from whoosh.columns import NumericColumn
    from whoosh.fields import COLUMN, ID, KEYWORD, TEXT, Schema

    return Schema(
        id=ID(stored=True, unique=True),
        pk=COLUMN(NumericColumn("q")),
        article=COLUMN(NumericColumn("q")),
        digest=COLUMN(NumericColumn("q")),
        exact=TEXT(EXACT, phrase=True),
        stem=TEXT(STEM, phrase=False),
        title=TEXT(STEM, phrase=False),
        date=ID(),
        **{name: KEYWORD() for name in KEY_FIELDS},
    )


def identifier(kind: str, primary_key: int) -> str:
    """How a document of the index ``kind`` is called, as Haystack calls what it indexes."""
    return f"{_IDENTIFIERS[kind]}.{primary_key}"
