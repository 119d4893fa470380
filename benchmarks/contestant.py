"""``python -m benchmarks.contestant ENGINE STEP FOLDER LIBRARIES …``: one step of one engine, right here.

Prints its figures as one line of JSON, the last line of its output; ``{"missing": …}`` when the engine cannot
run here.
"""

import json
import sys
from pathlib import Path
from typing import Any

import django

# Steps and the methods that take them; only some engines have the last three.
STEPS = {
    "build": "measured_building",
    "ask": "measured_questions",
    "ask_cold": "measured_cold",
    "first": "measured_first",
    "open_seeds": "measured_opening",
}


def take_step(engine: Any, step: str, *arguments: str) -> dict[str, Any]:
    """The figures of a step, and nothing left open after it."""
    from benchmarks.engines.engine import MissingError

    try:
        engine.check()
        try:
            figures: dict[str, Any] = getattr(engine, STEPS[step])(*arguments)
        finally:
            engine.close()
    except MissingError as error:
        return {"missing": str(error)}
    return figures


def main() -> int:
    from benchmarks.engines.registry import engine_called
    from benchmarks.run import Run

    name, step, folder, libraries, *arguments = sys.argv[1:]
    django.setup()
    engine = engine_called(name, Run(Path(folder), Path(libraries)))
    print("\n" + json.dumps(take_step(engine, step, *arguments), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
