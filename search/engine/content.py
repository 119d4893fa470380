"""What a segment holds, in its plainest form: a vocabulary, the words of the documents, and their keys.

Everything else of a segment, its columns and its Whoosh files, follows from this. It is made in three ways:
from documents (``Inverter``), from the columns of other segments (``search.engine.merging``) and from the
files of Whoosh (``search.engine.recovery``).
"""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from archive.arabic.words import segment
from search.analysis import forms
from search.engine.collocations import GAP
from search.engine.column_files import Array
from search.engine.documents import Document
from search.engine.schema import KEY_FIELDS

_PARAGRAPH = "\n\n"
# From how many times on a word is often enough to be remembered.
_OFTEN = 3
_CACHED = 20_000

# The stem, the surface and the exact form of a word.
Form = tuple[str, str, str]
# By field and value, the documents that have it, ascending.
Keys = Mapping[str, Mapping[str, Sequence[int] | Array]]


@dataclass(frozen=True, slots=True)
class Content:
    """What a segment holds.

    ``vocabulary`` is sorted; ``stream`` (uint32) holds numbers of it, document after document, with a
    ``GAP`` after each document and wherever phrases must not reach over. The other arrays are by
    document: ``lengths`` are places of the stream (the gap included), ``title_lengths`` words, ``dates``
    proleptic ordinals (0 for none), ``digests`` those of ``documents.digest_of``.
    """

    vocabulary: Sequence[Form]
    stream: Array
    lengths: Array
    title_lengths: Array
    dates: Array
    primary_keys: Array
    articles: Array
    digests: Array
    keys: Keys

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return len(self.lengths)


class Inverter:
    """Takes documents one after another; ``words`` is how many words they have had so far.

    ``before`` is one that is done with: what it knows of words that came often need not be found out again.
    """

    def __init__(self, before: "Inverter | None" = None) -> None:
        self.words = 0
        # Of a written word, the number of its form; -1 if it is nothing that can be matched.
        self._written: dict[str, int] = {}
        self._numbers: dict[str, int] = {}
        self._forms: list[Form] = []
        self._stream = array("I")
        self._lengths, self._title_lengths, self._dates = array("q"), array("q"), array("q")
        self._primary_keys, self._articles, self._digests = array("q"), array("q"), array("q")
        self._keys: dict[str, dict[str, list[int]]] = {field: {} for field in KEY_FIELDS}
        self._known = before._common_words() if before else {}

    def __len__(self) -> int:
        return len(self._lengths)

    def add(self, document: Document) -> None:
        """Add a document; of a value that its keys list twice one counts."""
        for field in KEY_FIELDS:
            for value in dict.fromkeys(document.keys.get(field, ())):
                self._keys[field].setdefault(value, []).append(len(self))
        start = len(self._stream)
        self._add_words(document.text)
        self._stream.append(int(GAP))
        self._lengths.append(len(self._stream) - start)
        self._title_lengths.append(self._count(document.title or ""))
        self._dates.append(document.date.toordinal() if document.date else 0)
        self._primary_keys.append(document.primary_key)
        self._articles.append(document.article)
        self._digests.append(document.digest)

    def content(self) -> Content:
        """The content of the documents so far."""
        stream, vocabulary = renumber(np.frombuffer(self._stream, np.uint32), self._forms)
        return Content(
            vocabulary=vocabulary,
            stream=stream,
            lengths=np.array(self._lengths, np.int64),
            title_lengths=np.array(self._title_lengths, np.int64),
            dates=np.array(self._dates, np.int64),
            primary_keys=np.array(self._primary_keys, np.int64),
            articles=np.array(self._articles, np.int64),
            digests=np.array(self._digests, np.int64),
            keys=self._keys,
        )

    def _add_words(self, text: str) -> None:
        """Add the words of a text to the stream: those of ``search.analysis.terms``, with its gaps."""
        find, add, gap = self._written.get, self._stream.append, int(GAP)
        words = previous_end = 0
        for written, start, end in segment(text):
            number = find(written)
            if number is None:
                number = self._number(written)
            if number < 0:
                continue
            if words and start - previous_end > 1 and text.find(_PARAGRAPH, previous_end, start) >= 0:
                add(gap)
            add(number)
            words, previous_end = words + 1, end
        self.words += words

    def _count(self, text: str) -> int:
        """How many words of a text can be matched; it was added."""
        return sum(self._written[written] >= 0 for written, _start, _end in segment(text))

    def _number(self, written: str) -> int:
        """The number of a written word that is not known yet."""
        # Beyond the first words, the cache of forms would only fill with what comes once.
        found_out = forms if len(self._forms) < _CACHED else forms.__wrapped__
        exact, surface, stem = self._known.get(written) or found_out(written)
        number = self._numbers.setdefault(exact, len(self._forms)) if surface else -1
        if number == len(self._forms):
            self._forms.append((stem, surface, exact))
        self._written[written] = number
        return number

    def _common_words(self) -> dict[str, Form]:
        counts = np.bincount(np.minimum(np.frombuffer(self._stream, np.uint32), len(self._forms)))
        often = set(np.flatnonzero(counts[:-1] >= _OFTEN).tolist())
        return {
            written: self._forms[number][::-1] for written, number in self._written.items() if number in often
        }


def renumber(stream: Array, forms: Sequence[Form]) -> tuple[Array, list[Form]]:
    """The stream with its words numbered in the order of the sorted forms, and these."""
    order = sorted(range(len(forms)), key=forms.__getitem__)
    numbers = np.empty(len(forms) + 1, np.uint32)
    numbers[order] = np.arange(len(forms), dtype=np.uint32)
    numbers[-1] = GAP
    return numbers[np.minimum(stream, len(forms))], [forms[number] for number in order]
