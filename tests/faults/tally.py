"""What was tried, counted for the line at the end of a run."""

from collections import Counter

counted: Counter[str] = Counter()


def count(what: str, times: int = 1) -> None:
    """One more of what was tried, or ``times`` more."""
    counted[what] += times


def summary() -> str:
    """Everything counted, in the order of the alphabet."""
    return ", ".join(f"{what} {counted[what]:,}" for what in sorted(counted))
