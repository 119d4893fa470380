"""Which Python the archive runs on.

This module, ``sentences`` and ``__main__`` must load on any Python 3, or an old one could not be
told apart from a broken one: no syntax newer than 3.6 here.
"""

import os
import shutil
import subprocess

from config.bootstrap.sentences import BootstrapError

OLDEST, NEWEST = (3, 11), (3, 13)
CANDIDATES = ("python3.13", "python3.12", "python3.11", "python3", "python")


def is_supported(version):
    """Whether a (major, minor) version is one that the archive is tested on."""
    return OLDEST <= tuple(version[:2]) <= NEWEST


def version_of(executable):
    """The (major, minor) version of an interpreter; None when it does not run."""
    try:
        answer = subprocess.run(
            [executable, "-c", "import sys; print(sys.version_info[0], sys.version_info[1])"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=True,
        )
        major, minor = answer.stdout.split()
        return int(major), int(minor)
    except (OSError, ValueError, subprocess.CalledProcessError):
        return None


def find_interpreter(running, version, environ=os.environ, candidates=CANDIDATES):
    """The path of a supported Python: the running one, else the first found on the path.

    ``PYTHON`` in the environment is the user's own choice and is never replaced by another. Raises
    ``BootstrapError`` when nothing fits.
    """
    if is_supported(version):
        return running
    if not environ.get("PYTHON"):
        for name in candidates:
            path = shutil.which(name)
            if path and is_supported(version_of(path) or ()):
                return path
    found = ".".join(map(str, version[:2]))
    raise BootstrapError(
        f"Python {found} is not supported: install Python 3.11, 3.12 or 3.13,"
        " or name one with make PYTHON=/path/to/python3.",
        f"إصدار بايثون {found} غير مدعوم: ثبّت بايثون 3.11 أو 3.12 أو 3.13،"
        " أو سمِّ واحداً منها هكذا: make PYTHON=/path/to/python3.",
    )
