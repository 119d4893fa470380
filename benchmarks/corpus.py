"""Articles to measure with: the paragraphs of the seeds in new orders, the same at every run."""

import random
from datetime import date, timedelta
from pathlib import Path

LINES_AN_ARTICLE = (6, 14)


def write_corpus(seeds: Path, folder: Path, count: int) -> int:
    """Write ``count`` text files into ``folder``; returns their size in bytes.

    Word frequencies and sentence lengths are the seeds' own, but words repeat far more than in a real
    archive of that size: good for comparing two engines in one run, not for predicting a third.
    """
    lines = [
        line
        for path in sorted(seeds.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if len(line) > 60
    ]
    chance = random.Random(2019)
    size = 0
    for number in range(count):
        day = date(2014, 9, 11) + timedelta(days=number % 4000)
        chosen = chance.choices(lines, k=chance.randint(*LINES_AN_ARTICLE))
        # The number makes every file another one; else most would be copies.
        content = "\n".join([f"تقرير رقم {number} بتاريخ {day:%Y-%m-%d}", *chosen, ""]).encode()
        (folder / f"{number:06}.txt").write_bytes(content)
        size += len(content)
    return size
