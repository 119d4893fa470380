"""The measures of an extraction over many articles, against their careful readings.

Counts add up over the articles; nothing is averaged. Everything is kept in plain counts, so that the
table and the JSON say the same.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from archive.extraction.scoring import (
    LOOSE,
    STRICT,
    Item,
    Matching,
    Score,
    agreement,
    alike,
    match_lines,
    match_quotations,
    match_spans,
    score_countries,
    score_fact,
)
from archive.extraction.speaker_scoring import KnownSpeaker, Verdict, judge, speaker_key

# Edges of the bands of confidence: from the first, to before the next.
CONFIDENCE_EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
SCORES = (
    "direct",
    "direct_speaker",
    "direct_strict",
    "direct_strict_speaker",
    "indirect",
    "indirect_speaker",
    "indirect_strict",
    "indirect_strict_speaker",
    "countries",
    "headline",
    "date",
    "date_basis",
    "furniture",
    "furniture_reason",
    "outlet",
    "meeting",
    "sections",
)
UNKNOWN = "—"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One disagreement: where, what the reading says and what was printed; offsets are of the text."""

    file: str
    kind: str
    start: int
    end: int
    text: str
    expected: str
    printed: str


@dataclass(slots=True)
class Verdicts:
    """Of the reading's quotations: how many, how many found, and whose names on the found ones.

    ``extra`` are those printed that the reading does not have; no evidence of the reading is theirs.
    """

    read: int = 0
    found: int = 0
    extra: int = 0
    names: Counter[Verdict] = field(default_factory=Counter)

    @property
    def named(self) -> int:
        """Found quotations that bear a name."""
        return self.found - self.names["empty"] - self.names["nobody"]

    def add(self, other: "Verdicts") -> None:
        self.read += other.read
        self.found += other.found
        self.extra += other.extra
        self.names += other.names

    def report(self) -> dict[str, Any]:
        wrong, empty = self.names["wrong"], self.names["empty"]
        score = Score(self.found, self.extra, self.read - self.found)
        return {
            "f1": round(score.f1, 4),
            "speaker_f1": round(score.without(wrong + empty).f1, 4),
            "read": self.read,
            "found": self.found,
            "extra": self.extra,
            "right": self.names["right"] + self.names["nobody"],
            "wrong": wrong,
            "empty": empty,
            "wrong_of_named": _share(wrong, self.named),
            "wrong_of_found": _share(wrong, self.found),
            "empty_of_found": _share(empty, self.found),
        }


@dataclass(slots=True)
class Measures:
    """The measures of a set of articles: ``add`` one after the other, then ``report``.

    ``by`` holds the verdicts on the speakers of direct quotations, grouped; ``confidence`` those on all
    quotations that bear a name.
    """

    articles: int = 0
    scores: dict[str, Score] = field(default_factory=lambda: dict.fromkeys(SCORES, Score()))
    direct: Verdicts = field(default_factory=Verdicts)
    by: dict[str, dict[str, Verdicts]] = field(
        default_factory=lambda: {"outlet": {}, "style": {}, "evidence": {}, "printed_evidence": {}}
    )
    confidence: dict[str, Verdicts] = field(
        default_factory=lambda: {_band(low, high): Verdicts() for low, high in pairwise(CONFIDENCE_EDGES)}
    )
    mistakes: list[Mistake] = field(default_factory=list)

    def add(
        self,
        printed: Mapping[str, Any],
        read: Mapping[str, Any],
        speakers: Mapping[str, KnownSpeaker],
        *,
        name: str,
        text: str,
    ) -> None:
        """Compare the printed extraction of one article with its reading."""
        self.articles += 1
        article = _Article(self, printed, read, speakers, name, text)
        for kind in ("direct", "indirect"):
            article.quotations(kind)
        article.countries()
        article.facts()
        article.layout()

    def report(self) -> dict[str, Any]:
        """All figures as plain values; the keys are stable. Shares are of 1, None where nothing counts."""
        return {
            "articles": self.articles,
            "scores": {key: score_report(score) for key, score in self.scores.items()},
            "speakers": self.direct.report(),
            "by": {
                group: {key: found.report() for key, found in sorted(rows.items())}
                for group, rows in self.by.items()
                if set(rows) - {UNKNOWN}
            },
            "confidence": {band: found.report() for band, found in self.confidence.items() if found.found},
        }


@dataclass(slots=True)
class _Article:
    measures: Measures
    printed: Mapping[str, Any]
    read: Mapping[str, Any]
    speakers: Mapping[str, KnownSpeaker]
    name: str
    text: str

    def quotations(self, kind: str) -> None:
        mine, theirs = self.printed["quotes"], self.read["quotes"]
        for key, threshold in ((kind, LOOSE), (f"{kind}_strict", STRICT)):
            matching = match_quotations(mine, theirs, kind=kind, threshold=threshold)
            verdicts = [self._verdict(one, other) for one, other in matching.pairs]
            wrong = sum(verdict in ("wrong", "empty") for verdict in verdicts)
            found = matching.score
            self._score(key, found)
            self._score(f"{key}_speaker", found.without(wrong))
            if threshold == LOOSE:
                self._attributions(kind, matching, verdicts)
                self._quotation_mistakes(kind, matching, verdicts)

    def _verdict(self, mine: Item, theirs: Item) -> Verdict:
        key = speaker_key(theirs.get("speaker") or {})
        return judge(mine["speaker"]["name_ar"], self.speakers.get(key) if key else None)

    def _attributions(self, kind: str, matching: Matching, verdicts: list[Verdict]) -> None:
        for (mine, theirs), verdict in zip(matching.pairs, verdicts, strict=True):
            one = Verdicts(1, 1, 0, Counter({verdict: 1}))
            if mine["speaker"]["name_ar"]:
                self.measures.confidence[band_of(mine["speaker"]["confidence"])].add(one)
            if kind == "direct":
                self._count(one, evidence=_evidence(theirs), printed_evidence=_evidence(mine))
        if kind == "direct":
            for theirs in matching.missed:
                self._count(Verdicts(read=1), evidence=_evidence(theirs))
            for mine in matching.extra:
                self._count(Verdicts(extra=1), printed_evidence=_evidence(mine))

    def _count(self, one: Verdicts, **groups: str) -> None:
        """Count ``one`` for all, for the article's outlet and style, and in the ``groups``."""
        groups["outlet"] = (self.read.get("outlet") or {}).get("name") or UNKNOWN
        groups["style"] = str(self.read.get("style") or UNKNOWN)
        self.measures.direct.add(one)
        for group, key in groups.items():
            self.measures.by[group].setdefault(key, Verdicts()).add(one)

    def _quotation_mistakes(self, kind: str, matching: Matching, verdicts: list[Verdict]) -> None:
        for theirs in matching.missed:
            self._mistake(f"{kind} missed", theirs, _said_by(theirs), UNKNOWN)
        for mine in matching.extra:
            self._mistake(f"{kind} extra", mine, UNKNOWN, _said_by(mine))
        for (mine, theirs), verdict in zip(matching.pairs, verdicts, strict=True):
            if verdict in ("wrong", "empty"):
                self._mistake(f"{kind} {verdict} speaker", theirs, _said_by(theirs), _said_by(mine))
            if agreement(mine, theirs) < STRICT:
                self._mistake(f"{kind} edges", theirs, self._said(theirs), self._said(mine))

    def countries(self) -> None:
        if self.read.get("countries") is None:
            return
        score, extra, missed = score_countries(self.printed["countries"], self.read["countries"])
        self._score("countries", score)
        for code in sorted(extra):
            self._fact_mistake("country extra", UNKNOWN, code)
        for code in sorted(missed):
            self._fact_mistake("country missed", code, UNKNOWN)

    def facts(self) -> None:
        """The headline, the date, the outlet and the meeting, each where the reading speaks of it."""
        read, printed = self.read, self.printed
        if "headline" in read:
            given, stated = _stated(printed["headline"]), _stated(read["headline"])
            right = given is not None and stated is not None and agreement(given, stated) >= STRICT
            lines = [None if line is None else self._said(line) for line in (given, stated)]
            self._fact("headline", *lines, right=right)
        if "dateline" in read:
            mine, theirs = printed["dateline"], read["dateline"] or {}
            day, wanted = mine["date"], theirs.get("date")
            self._fact("date", day, wanted, right=day == wanted)
            if "date_basis" in theirs:
                both = (day and f"{day} {mine['date_basis']}", wanted and f"{wanted} {theirs['date_basis']}")
                self._fact("date_basis", *both, right=both[0] == both[1])
        if "outlet" in read:
            mine, wanted = printed["outlet"], (read["outlet"] or {}).get("name")
            names = (mine["name"], (mine["evidence"] or {}).get("text") or "") if mine else ()
            right = any(alike(name, wanted or "") for name in names)
            self._fact("outlet", mine and mine["name"], wanted, right=right)
        if "event" in read:
            attended, known = (_meeting(event, read["event"]) for event in (printed["event"], read["event"]))
            self._fact("meeting", attended, known, right=attended == known)

    def layout(self) -> None:
        if self.read.get("boilerplate") is not None:
            matching = match_lines(self.printed["boilerplate"], self.read["boilerplate"], self.text)
            found = matching.score
            other = sum(mine["reason"] != theirs.get("reason") for mine, theirs in matching.pairs)
            self._score("furniture", found)
            self._score("furniture_reason", found.without(other))
            self._span_mistakes("furniture", matching)
        if self.read.get("sections") is not None:
            matching = match_spans(self.printed["sections"], self.read["sections"])
            self._score("sections", matching.score)
            self._span_mistakes("section", matching)

    def _score(self, key: str, score: Score) -> None:
        self.measures.scores[key] += score

    def _fact(self, key: str, printed: str | None, read: str | None, *, right: bool) -> None:
        self._score(key, score_fact(printed, read, right=right))
        if not right and (printed is not None or read is not None):
            self._fact_mistake(key, read or UNKNOWN, printed or UNKNOWN)

    def _span_mistakes(self, key: str, matching: Matching) -> None:
        for theirs in matching.missed:
            self._mistake(f"{key} missed", theirs, self._said(theirs), UNKNOWN)
        for mine in matching.extra:
            self._mistake(f"{key} extra", mine, UNKNOWN, self._said(mine))

    def _said(self, span: Item) -> str:
        return self.text[span["start"] : span["end"]]

    def _mistake(self, kind: str, span: Item, expected: str, printed: str) -> None:
        start, end = span["start"], span["end"]
        self.measures.mistakes.append(
            Mistake(self.name, kind, start, end, self._said(span), expected, printed)
        )

    def _fact_mistake(self, kind: str, expected: str, printed: str) -> None:
        self.measures.mistakes.append(Mistake(self.name, kind, 0, 0, "", expected, printed))


def score_report(score: Score) -> dict[str, Any]:
    return {
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
        "f1": round(score.f1, 4),
        "hits": score.hits,
        "extra": score.extra,
        "missed": score.missed,
    }


def band_of(confidence: float) -> str:
    """The band of ``CONFIDENCE_EDGES`` that a confidence between 0 and 1 lies in."""
    return next(_band(low, high) for low, high in pairwise(CONFIDENCE_EDGES) if low <= confidence < high)


def _band(low: float, high: float) -> str:
    return f"{low:.2f}–{min(high, 1.0):.2f}"


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _evidence(quotation: Item) -> str:
    return (quotation.get("speaker") or {}).get("resolution") or UNKNOWN


def _said_by(quotation: Item) -> str:
    name = (quotation.get("speaker") or {}).get("name_ar") or UNKNOWN
    return f"{name} ({_evidence(quotation)})"


def _stated(headline: Item | None) -> Item | None:
    """A headline that the text gives; a derived one is nobody's."""
    return None if headline is None or headline.get("basis") == "derived" else headline


def _meeting(event: Item | None, read: Item | None) -> str | None:
    """The meeting by its key, or by kind and date where the reading gives no key."""
    if event is None:
        return None
    if read is None or "id" in read:
        return event.get("id")
    return f"{event.get('kind')} {event.get('date')}"
