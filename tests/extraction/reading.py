"""Where the careful reading of the seeds lies, and the score tables that the run prints at its end."""

from pathlib import Path

GOLD = Path(__file__).parent / "gold"
SEEDS = Path(__file__).parents[2] / "fixtures" / "seeds"
TABLES: list[str] = []
