"""The engines by name, in the order in which they are measured; a module is imported when it is wanted."""

from importlib import import_module

from benchmarks.engines.engine import Engine
from benchmarks.run import Run

OURS, COLD = "mahdar", "mahdar_cold"
ENGINES = {
    OURS: ("mahdar", "Mahdar"),
    "haystack": ("stock_haystack", "StockHaystack"),
    "whoosh": ("raw_whoosh", "RawWhoosh"),
    "fts5": ("fts5", "Fts5"),
    "postgresql": ("postgresql", "Postgresql"),
    "tantivy": ("tantivy_index", "Tantivy"),
    "lucene": ("lucene", "Lucene"),
}


def engine_called(name: str, run: Run) -> Engine:
    """Raises ``KeyError`` for a name that no engine has."""
    module, kind = ENGINES[name]
    engine: Engine = getattr(import_module(f"benchmarks.engines.{module}"), kind)(run)
    return engine
