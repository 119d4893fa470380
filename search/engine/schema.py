"""The Whoosh schema of the article index: lean, nothing stored but the identifier.

``exact`` and ``stem`` hold titles, body and subheadings, ``exact`` with the positions from which the
columns are made, the folded surface included; ``title`` the stems of the titles
alone. ``speaker``, ``source`` and ``meeting`` hold primary keys, ``country`` ISO codes of
the countries that the article is about or mentions, ``date`` the ISO date: exact values, one term each,
so labels and keys may change without a new index.
"""

from whoosh.fields import ID, KEYWORD, NUMERIC, TEXT, Schema

from search.analysis import LayerAnalyzer

EXACT, STEM = LayerAnalyzer("exact"), LayerAnalyzer("stem")
KEY_FIELDS = ("speaker", "country", "source", "meeting")


def article_schema() -> Schema:
    return Schema(
        id=ID(stored=True, unique=True),
        pk=NUMERIC(int, bits=64, sortable=True),
        exact=TEXT(EXACT, phrase=True),
        stem=TEXT(STEM, phrase=False),
        title=TEXT(STEM, phrase=False),
        date=ID(),
        **{name: KEYWORD() for name in KEY_FIELDS},
    )
