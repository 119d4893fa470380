"""From what a reader types to a tree. Any Unicode text is a valid query.

    query    = level
    level    = { term | term operator term }        neighbours without an operator are all wanted
    operator = [ "و" | "أو" | "AND" | "OR" ] [ "ليس" | "NOT" ]
    term     = [ "+" | "-" ] ( word | pattern | phrase | "(" level ")" | field )
    field    = name ":" ( word | pattern | phrase | "(" level ")" | date )
    phrase   = marks [ "~" number ]

Words. Everything that is none of the following is a word or nothing. At most ``MAX_WORDS`` count, in
``MAX_LENGTH`` characters.

Phrases. Words between quotation marks of any style are a phrase: "…" “…” „…“ «…» ‹…› ‘…’ and mixtures of
them; one word in marks is wanted as it is spelled. Nothing inside is an operator. ~ and a number right after
the closing mark let so many other words, at most ``MAX_SLOP``, stand between them in all.

Signs. + makes a word one that is never let go; - excludes. Either stands before its term without a space,
and after a space or an opening parenthesis: the dash of كوفيد-19 and a dash between spaces are no signs.

Operators are whole words (the English ones in capitals) between two *explicit* terms: a phrase, a field, a
parenthesis, a pattern, a word with a sign; and inside parentheses every word, where neighbouring words are
one term. Anywhere else they are words. They bind their neighbours before anything else does, ليس (and not)
closest, then و, then أو: ``روما "كيري" أو "بلينكن"`` wants Rome and one of the two. وليس is one word too.

Parentheses that hold no operator and have none, no sign and no field beside them are as if they were
not there («تونس (وات)» is two words). At most ``MAX_DEPTH`` stand inside each other.

Patterns. In a word of at least ``SHORTEST_PREFIX`` letters * stands for any letters or none and ? for one
letter (``query_wildcards``); a question mark at its end is punctuation.

Fields. A colon makes a field only of a name in ``query_tokens.FIELDS``, without a space before the colon.
The value of ``title`` is anything but a field; that of ``from``, ``to`` and ``date`` a date as
``query_dates`` reads it; that of the others a name, and in parentheses names joined by operators. A field
without a value, and one whose date cannot be read, is words again.

A mark or parenthesis without its partner is ignored, and so is every other sign.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.analysis import terms
from search.query_dates import Days, read_date, read_range
from search.query_operators import (
    Element,
    Operand,
    Operator,
    Plain,
    active,
    joined_nodes,
    read_operator,
    single,
)
from search.query_tokens import MARKS, MAX_DEPTH, MAX_LENGTH, MAX_WORDS, Kind, Token, bounded, scan, storable
from search.query_wildcards import Piece, folded_pattern, letters_of, read_pieces
from search.tree import All, Dated, Named, Node, Not, Phrase, Prefix, Required, Titled, Wildcard, Word

__all__ = [
    "MAX_DEPTH",
    "MAX_LENGTH",
    "MAX_SLOP",
    "MAX_WORDS",
    "SHORTEST_PREFIX",
    "Parsed",
    "parse",
    "parse_plain",
    "storable",
]

SHORTEST_PREFIX = 2
MAX_SLOP = 20
_MARKS = re.compile(f"[{MARKS}]")
_LONGEST_QUOTED = 40


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree; whether the query was cut at a bound; and sentences about what could not be read."""

    root: All
    shortened: bool
    remarks: tuple[str, ...] = ()


def parse(query: str) -> Parsed:
    """The tree of ``query``; linear in its length."""
    scanned = scan(query)
    parser = _Parser(scanned.text, scanned.tokens)
    nodes, _joined = parser.level()
    if scanned.too_deep:
        parser.remark(
            "depth",
            _("At most %(count)s parentheses inside each other count.") % {"count": MAX_DEPTH},
        )
    return Parsed(All(tuple(nodes)), scanned.shortened, tuple(parser.remarks.values()))


def parse_plain(text: str) -> Parsed:
    """The words of ``text`` and nothing else: no sign in it means anything."""
    kept, shortened = bounded(text)
    found = list(terms(kept))
    words = tuple(Word(kept[term.start : term.end], term) for term in found[:MAX_WORDS])
    return Parsed(All(words), shortened or len(found) > MAX_WORDS)


_DATES = {"from", "to", "date"}


@dataclass(slots=True)
class _Parser:
    """Recursive descent over ``tokens``, one level of parentheses a call.

    ``inside`` is the field whose value a parenthesis is, "" in a parenthesis of its own, None outside.
    """

    text: str
    tokens: Sequence[Token]
    place: int = 0
    unreadable: int = 0
    remarks: dict[str, str] = field(default_factory=dict)

    def remark(self, subject: str, sentence: str) -> None:
        """Keep the first sentence about a subject."""
        self.remarks.setdefault(subject, sentence)

    def level(self, inside: str | None = None) -> tuple[list[Node], bool]:
        """The nodes up to the closing parenthesis, and whether an operator joins any of them."""
        elements: list[Element] = []
        while self.place < len(self.tokens):
            token = self.tokens[self.place]
            self.place += 1
            if token.kind is Kind.CLOSE:
                break
            elements += self._elements(token, inside)
        terms_and_operators: list[Operand | Operator] = []
        for kind, group in groupby(active(elements, inside is not None), type):
            if kind is Plain:
                run = [element.token for element in group if isinstance(element, Plain)]
                terms_and_operators.append(Operand(self._run(run, inside), whole=False))
            else:
                terms_and_operators += [element for element in group if not isinstance(element, Plain)]
        return list(joined_nodes(terms_and_operators)), any(
            isinstance(element, Operator) for element in terms_and_operators
        )

    def _elements(self, token: Token, inside: str | None) -> Iterator[Element]:
        """What a token begins; the tokens that belong to it are passed over."""
        if token.kind is Kind.OPEN:
            nodes, joined = self.level(inside or "")
            if nodes:
                yield Operand(_signed(nodes, token.sign), whole=joined or bool(token.sign))
        elif token.kind is Kind.QUOTED:
            yield Operand(_signed(self._quoted(token, inside), token.sign))
        elif token.kind is Kind.FIELD and not inside:
            value = self._value(token)
            yield Operand(_signed(value, token.sign)) if value else Plain(token)
        elif token.sign:
            yield Operand(_signed(self._excluded(token, inside), token.sign))
        elif operator := read_operator(self.text[token.start : token.end]):
            yield Operator(token, *operator)
        elif inside is None and isinstance(single(nodes := self._words(token)), Prefix | Wildcard):
            yield Operand(nodes)
        else:
            yield Plain(token)

    def _value(self, name: Token) -> list[Node]:
        """What a field asks for, its value passed over; nothing if it has none or none that can be read."""
        value = self.tokens[self.place] if self.place < len(self.tokens) else None
        if name.field in _DATES and (nodes := self._unquoted_date(name)):
            return nodes
        if value is None or value.sign or value.kind in (Kind.CLOSE, Kind.FIELD):
            return []
        here, unreadable = self.place, self.unreadable
        self.place += 1
        if value.kind is Kind.OPEN:
            nodes, _joined = self.level(name.field)
        elif value.kind is Kind.QUOTED:
            nodes = self._quoted(value, name.field)
        else:
            nodes = self._run([value], name.field)
        if self.unreadable > unreadable:
            self.place = here
            return []
        return [Titled(single(nodes))] if nodes and name.field == "title" else nodes

    def _unquoted_date(self, name: Token) -> list[Node]:
        """The date after a field's colon, as many words as belong to it."""
        days = (read_range if name.field == "date" else read_date)(self.text, name.end)
        if days is None:
            return []
        place = self.place
        while place < len(self.tokens) and self.tokens[place].start < days.end:
            place += 1
        last = self.tokens[place - 1]
        if last.kind is Kind.WORDS and last.terms[-1].end > days.end:
            return []
        self.place = place
        return [self._dated(days, name.field)]

    def _dated(self, days: Days, name: str) -> Node:
        if days.turned:
            self.remark("order", _("The first date is after the last one, so the two were exchanged."))
        return Dated(days.first if name != "to" else None, days.last if name != "from" else None)

    def _quoted(self, token: Token, inside: str | None) -> list[Node]:
        written = self.text[token.start + 1 : token.end - 1].strip()
        return self._named(written, inside) or [Phrase(written, token.terms, self._slop(token))]

    def _slop(self, token: Token) -> int:
        if token.slop > MAX_SLOP:
            self.remark(
                "slop",
                ngettext(
                    "At most %(count)s other word may stand between the words of a phrase.",
                    "At most %(count)s other words may stand between the words of a phrase.",
                    MAX_SLOP,
                )
                % {"count": MAX_SLOP},
            )
        return min(token.slop, MAX_SLOP) if len(token.terms) > 1 else 0

    def _run(self, tokens: Sequence[Token], inside: str | None) -> list[Node]:
        """The nodes of neighbouring words: one name or date, or the words."""
        written = self.text[tokens[0].terms[0].start : tokens[-1].terms[-1].end]
        return self._named(written, inside) or [node for token in tokens for node in self._words(token)]

    def _named(self, written: str, inside: str | None) -> list[Node]:
        """What a value of the field asks for; nothing if its value is words or a date that is none."""
        if not inside or inside == "title":
            return []
        if inside not in _DATES:
            return [Named(inside, " ".join(_MARKS.sub(" ", written).split()))]
        days = (read_range if inside == "date" else read_date)(written)
        if days is not None and not any(terms(written[days.end :])):
            return [self._dated(days, inside)]
        self.unreadable += 1
        self.remark(
            "date",
            _(
                "“%(value)s” is not a date, so it was searched for as words. "
                "Write dates as 2021-06-28, 2021-06 or 2021."
            )
            % {"value": _shortened(written)},
        )
        return []

    def _words(self, token: Token) -> list[Node]:
        """The words of a token, those with signs for letters as prefixes and wildcards."""
        nodes: list[Node] = []
        for piece in read_pieces(self.text, token.start, token.end):
            found = [term for term in token.terms if piece.start <= term.start < piece.end]
            pattern = self._pattern(piece) if found and piece.has_signs else None
            words = (Word(self.text[term.start : term.end], term) for term in found)
            nodes += [pattern] if pattern else words
        return nodes

    def _pattern(self, piece: Piece) -> Prefix | Wildcard | None:
        """What a piece with signs stands for; None if it has too few letters."""
        pattern = folded_pattern(piece.written)
        letters = letters_of(pattern)
        if len(letters) < SHORTEST_PREFIX:
            self.remark(
                "star",
                _(
                    "The signs * and ? need at least %(count)s letters in their word, "
                    "so “%(word)s” was searched for without them."
                )
                % {"count": SHORTEST_PREFIX, "word": _shortened(piece.written)},
            )
            return None
        if pattern == f"{letters}*":
            return Prefix(piece.written, letters)
        return Wildcard(piece.written, pattern)

    def _excluded(self, token: Token, inside: str | None) -> list[Node]:
        """The nodes of a token with a sign; what is excluded in one piece stands side by side."""
        nodes = self._run([token], inside)
        if token.sign == "-" and len(nodes) > 1 and all(isinstance(node, Word) for node in nodes):
            return [Phrase(self.text[token.terms[0].start : token.terms[-1].end], token.terms)]
        return nodes


def _signed(nodes: Sequence[Node], sign: str) -> Sequence[Node]:
    if sign == "-":
        return [Not(single(nodes))]
    if sign == "+":
        return [Required(node) if isinstance(node, Word) else node for node in nodes]
    return nodes


def _shortened(written: str) -> str:
    return written if len(written) <= _LONGEST_QUOTED else written[: _LONGEST_QUOTED - 1] + "…"
