"""What is put into the indexes: documents, and everything that they hold of one article."""

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from search.engine.schema import KEY_FIELDS

_DIGEST_BYTES = 8


@dataclass(frozen=True, slots=True)
class Document:
    """One document of an index.

    ``primary_key`` is that of the article or quotation, ``article`` that of the article it belongs to (an
    article's own). The words of ``title`` are the first words of ``text``, which may be an
    ``AnalysedText``. ``keys`` are the values by the names of ``schema.KEY_FIELDS``.
    """

    primary_key: int
    article: int
    text: str
    title: str | None = None
    date: datetime.date | None = None
    keys: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def digest(self) -> int:
        """The digest of what is written of it (``digest_of``)."""
        return digest_of(self)


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything that the indexes hold of one article; nothing when it is gone or hidden.

    ``documents`` are of the index of articles (one at most), ``quotations`` of that of quotations.
    """

    article: int
    documents: Sequence[Document] = ()
    quotations: Sequence[Document] = ()


def digest_of(document: Document) -> int:
    """A signed number of 64 bits that differs, but for chance, when an index would hold something else.

    It is of the text, the title, the date, the article, and the keys as sets.
    """
    rest = [
        document.title or "",
        document.date.isoformat() if document.date else "",
        document.article,
        [sorted(set(document.keys.get(name, ()))) for name in KEY_FIELDS],
    ]
    digest = blake2b(json.dumps(rest).encode(), digest_size=_DIGEST_BYTES)
    digest.update(document.text.encode("utf-8", "surrogatepass"))
    return int.from_bytes(digest.digest(), "big", signed=True)
