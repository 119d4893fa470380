"""Questions drawn from the corpus by document frequency, the same at every run.

Words have Arabic letters only, and so many that they are no operators of our language.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from benchmarks.questions import Question
from benchmarks.words import GAP, Row
from search.analysis import terms

A_CLASS = 25
SEED = 2019
RARE = (2, 20)
# Bands of document frequency, as shares of the articles.
MIDDLE, COMMON, FREQUENT = (0.005, 0.015), (0.2, 0.6), (0.01, 0.2)
# More different words than these begin with no prefix that is drawn: engines bound them differently.
MOST_EXPANSIONS = 300
SPEAKERS_TAKEN = 80
# One article in so many gives candidates for phrases and for words that stand in one article.
_SAMPLES = 1500
_WORD = re.compile(r"[\u0621-\u063a\u0641-\u064a]{3,}")
# The folded forms of what our language reads as operators inside parentheses.
_OPERATORS = frozenset(("ليس", "وليس"))


class Drawing:
    """Counts the rows of a corpus once and draws from the counts.

    ``spelled`` is what ``write_rows`` returns.
    """

    def __init__(self, rows: Iterable[Row], spelled: Mapping[str, str], seed: int = SEED) -> None:
        self._exact = spelled
        self._chance = random.Random(seed)
        self._documents = 0
        self._having: Counter[str] = Counter()
        self._spelled: Counter[tuple[str, str]] = Counter()
        self._samples: list[Row] = []
        self._said: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            if row.of == "q":
                self._said[row.speakers].append(row.stems)
                continue
            self._documents += 1
            stems = row.stems.split()
            self._having.update(set(stems))
            self._spelled.update(set(zip(stems, row.surfaces.split(), strict=True)))
            self._sample(row)
        self._word_of = self._commonest_words()

    @property
    def stems(self) -> Iterable[str]:
        """Those that some article has."""
        return self._having.keys()

    def questions(self, count: int = A_CLASS) -> list[Question]:
        """``count`` questions of each class but ``reader``; fewer where the corpus has not so many."""
        rare = self._band(*RARE)
        middle = self._band(*(share * self._documents for share in MIDDLE))
        common = self._band(*(share * self._documents for share in COMMON))
        frequent = self._band(*(share * self._documents for share in FREQUENT)) or middle
        drawn = [self._of_stems("rare", (stem,)) for stem in self._some(rare, count)]
        drawn += [self._of_stems("middle", (stem,)) for stem in self._some(middle, count)]
        for kind in ("common", "facets", "date_sort"):
            drawn += [self._of_stems(kind, (stem,)) for stem in self._some(common, count)]
        # A page so far on is only there where articles enough have the word.
        deep = [stem for stem in common if self._having[stem] >= 1000] or common
        drawn += [self._of_stems("page50", (stem,)) for stem in self._some(deep, count)]
        drawn += self._together(count)
        drawn += [self._of_stems("or3", self._some(frequent, 3), "({})") for _question in range(count)]
        drawn += self._phrases(count)
        drawn += self._prefixes(count)
        drawn += self._by_speaker(count)
        return drawn

    def _sample(self, row: Row) -> None:
        """Keep a row with the same chance for every row (a reservoir)."""
        if len(self._samples) < _SAMPLES:
            self._samples.append(row)
        elif (place := self._chance.randrange(self._documents)) < _SAMPLES:
            self._samples[place] = row

    def _commonest_words(self) -> dict[str, str]:
        """For every stem the commonest of its words that can be asked for by itself."""
        found: dict[str, str] = {}
        for (stem, surface), _count in sorted(self._spelled.items(), key=lambda each: (-each[1], each[0])):
            if stem not in found and _WORD.fullmatch(surface) and surface not in _OPERATORS:
                found[stem] = surface
        return found

    def _band(self, least: float, most: float) -> list[str]:
        """The stems that so many articles have, or the nearest to them where there are none; sorted."""
        asked = sorted(self._word_of)
        found = [stem for stem in asked if least <= self._having[stem] <= most]
        return found or sorted(asked, key=lambda stem: (abs(self._having[stem] - least), stem))[:A_CLASS]

    def _some(self, stems: Sequence[str], count: int) -> list[str]:
        return self._chance.sample(stems, min(count, len(stems)))

    def _question(
        self, kind: str, form: str, words: Sequence[str], stems: Sequence[str], speaker: str = ""
    ) -> Question:
        """A question whose words are written as they mostly are, in the place of the ``{}`` of ``form``."""
        spelled = tuple(self._exact.get(word, word) for word in words)
        joint = " أو " if kind == "or3" else " "
        return Question(kind, form.format(joint.join(spelled)), spelled, tuple(words), tuple(stems), speaker)

    def _of_stems(self, kind: str, stems: Sequence[str], form: str = "{}", speaker: str = "") -> Question:
        return self._question(kind, form, [self._word_of[stem] for stem in stems], stems, speaker)

    def _together(self, count: int) -> list[Question]:
        """Three words of one article each, none of them rare."""
        found = []
        least = FREQUENT[0] * self._documents
        for row in self._chance.sample(self._samples, len(self._samples)):
            stems = sorted({s for s in row.stems.split() if s in self._word_of and self._having[s] >= least})
            if len(stems) >= 3:
                found.append(self._of_stems("and3", self._chance.sample(stems, 3)))
            if len(found) == count:
                break
        return found

    def _phrases(self, count: int) -> list[Question]:
        """Neighbouring words of one paragraph, as they stand."""
        found: dict[tuple[str, str], Question] = {}
        for row in self._chance.sample(self._samples, len(self._samples)):
            pairs = [
                pair
                for pair in pairwise(row.surfaces.split())
                if GAP not in pair and all(_WORD.fullmatch(word) for word in pair)
            ]
            if pairs:
                left, right = self._chance.choice(pairs)
                stems = tuple(term.stem for term in terms(f"{left} {right}"))
                found[left, right] = self._question("phrase", '"{}"', (left, right), stems)
            if len(found) == count:
                break
        return list(found.values())

    def _prefixes(self, count: int) -> list[Question]:
        """First letters of words; those that begin few enough."""
        forms = [form for pair in self._spelled for form in set(pair)]
        beginning = {size: Counter(form[:size] for form in set(forms)) for size in (3, 4, 5)}
        words = sorted(set(self._word_of.values()))
        found: dict[str, Question] = {}
        for word in self._chance.sample(words, len(words)):
            letters = word[: self._chance.choice((3, 4, 5))]
            if 2 <= beginning[len(letters)][letters] <= MOST_EXPANSIONS:
                found[letters] = Question("prefix", f"{letters}*", (letters,), (letters,), (letters,))
            if len(found) == count:
                break
        return list(found.values())

    def _by_speaker(self, count: int) -> list[Question]:
        """A word that one of the speakers most quoted said, and not only once where there is such a word."""
        speakers = sorted(self._said, key=lambda speaker: (-len(self._said[speaker]), speaker))
        found = []
        for speaker in self._some(speakers[:SPEAKERS_TAKEN], count):
            said: Counter[str] = Counter()
            for stems in self._said[speaker]:
                said.update(set(stems.split()))
            known = sorted(stem for stem in said if stem in self._word_of)
            often = [stem for stem in known if said[stem] >= 3] or known
            if often:
                stem = self._chance.choice(often)
                found.append(self._of_stems("quotation_by_speaker", (stem,), speaker=speaker))
        return found
