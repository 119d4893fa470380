"""Where things are: the project, its environment, and the folder of everything made at run time."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from config.bootstrap.sentences import BootstrapError

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def runtime_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """``MAHDAR_VAR``, else ``var/`` in the project, made if missing.

    Raises ``BootstrapError`` when it cannot be written.
    """
    folder = ROOT / (environ.get("MAHDAR_VAR") or "var")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise BootstrapError(
            f"The run-time folder {folder} cannot be written ({error.strerror}):"
            " name another with MAHDAR_VAR=/path.",
            f"لا يمكن الكتابة في مجلد التشغيل {folder}: سمِّ غيره هكذا: MAHDAR_VAR=/path.",
        ) from error
    return folder.resolve()


def log_file(name: str) -> Path:
    """The path of a log in the run-time folder."""
    folder = runtime_folder() / "log"
    folder.mkdir(exist_ok=True)
    return folder / f"{name}.log"


def child_environment(**more: str) -> dict[str, str]:
    """The environment of every program started from here: ours, without what would mislead it."""
    misleading = {
        "PYTHONHOME",
        "PYTHONPATH",
        "PYTHONSTARTUP",
        "VIRTUAL_ENV",
        "PIP_USER",
        "PIP_TARGET",
        "DJANGO_SETTINGS_MODULE",
        "MAKEFLAGS",
        "MAKELEVEL",
    }
    kept = {name: value for name, value in os.environ.items() if name not in misleading}
    return {**kept, "PYTHONUTF8": "1", **more}
