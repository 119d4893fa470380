"""``make bench``: search beside other engines (``engines``, the default); how fast an archive is filled and
asked (``speed``); how well search finds (``relevance DIR``)."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from benchmarks import contest, relevance, speed
from config.bootstrap.folders import runtime_folder


def main() -> int:
    """Measure and print; returns the exit status."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    measurements = parser.add_subparsers(dest="measurement", metavar="engines|speed|relevance")
    contest.add_arguments(measurements.add_parser("engines", description=contest.__doc__.splitlines()[0]))
    timed = measurements.add_parser("speed", description=speed.__doc__.splitlines()[0])
    timed.add_argument("--articles", type=int, default=speed.ARTICLES)
    relevance.add_arguments(
        measurements.add_parser("relevance", description=relevance.__doc__.splitlines()[0])
    )
    options = parser.parse_args(sys.argv[1:] or ["engines"])
    libraries = runtime_folder()
    if options.measurement == "engines":
        return contest.main(options, libraries)
    with tempfile.TemporaryDirectory(prefix="mahdar-bench-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "MAHDAR_VAR": folder,
            "MAHDAR_DEBUG": "",  # with it Django keeps every query in memory
            "MAHDAR_SECRET_KEY": "for this measurement only",
            "MAHDAR_ALLOWED_HOSTS": "localhost",
            "MAHDAR_DATABASE_URL": "",
        }
        import django

        django.setup()
        if options.measurement == "relevance":
            return relevance.main(options, libraries / "lucene")
        speed.measure(Path(folder), options.articles)
    return 0


if __name__ == "__main__":
    sys.exit(main())
