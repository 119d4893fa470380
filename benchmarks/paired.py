"""The paired bootstrap: how sure is it that one ranking is better than another on the same queries?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

RESAMPLES = 10_000
SEED = 2019
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean of ``ours - theirs`` over the queries, and the bounds of its 95% interval."""

    mean: float
    lower: float
    upper: float


def paired_difference(ours: Sequence[float], theirs: Sequence[float]) -> Difference:
    """The difference of two lists of scores of the same queries, in one order; the same at every run.

    The queries are drawn anew, with replacement, ``RESAMPLES`` times; the bounds are the 2.5th and the
    97.5th percentile of the means.
    """
    differences = np.asarray(ours, dtype=float) - np.asarray(theirs, dtype=float)
    chance = np.random.default_rng(SEED)
    means = np.concatenate(
        [
            chance.choice(differences, size=(_AT_ONCE, len(differences))).mean(axis=1)
            for _resamples in range(0, RESAMPLES, _AT_ONCE)
        ]
    )
    lower, upper = np.percentile(means, [2.5, 97.5])
    return Difference(float(differences.mean()), float(lower), float(upper))
