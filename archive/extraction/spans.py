"""How far two half-open spans of a text agree."""


def overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """The intersection over the union, 0 to 1; two empty spans share nothing."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    union = max(one[1], other[1]) - min(one[0], other[0])
    return max(0, shared) / union if union else 0.0
