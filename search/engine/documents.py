"""What is put into the indexes: documents, and everything that they hold of one article."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


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


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything that the indexes hold of one article; nothing when it is gone or hidden.

    ``documents`` are of the index of articles (one at most), ``quotations`` of that of quotations.
    """

    article: int
    documents: Sequence[Document] = ()
    quotations: Sequence[Document] = ()
