"""How much of the faults is tried: a share with the other tests, all of it by ``make test-faults``.

``MAHDAR_FAULTS`` is how many processes are killed, and everything else follows from it; ``MAHDAR_SEED`` is
the number that every choice begins with.
"""

import os

KILLS = int(os.environ.get("MAHDAR_FAULTS") or 5)
SEED = int(os.environ.get("MAHDAR_SEED") or 2026)
ALL = KILLS >= 100
# A minute of writing and ten thousand articles belong to 200 kills.
WRITING_SECONDS = 60 if ALL else 2
REBUILT_ARTICLES = 50 * KILLS if ALL else 300
# Nothing takes as long unless it hangs.
PATIENCE = 300 if ALL else 30
