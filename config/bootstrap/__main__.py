"""``python -m config.bootstrap COMMAND``: setup, run, test, fuzz, test-faults, lint or bench."""

import os
import sys

from config.bootstrap.interpreter import find_interpreter
from config.bootstrap.sentences import BootstrapError, refuse


def main(arguments):
    """Run one command; returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        python = find_interpreter(sys.executable, sys.version_info)
        if python != sys.executable:
            os.execv(python, [python, "-m", "config.bootstrap", *arguments])
        # Only now: the rest is written for the Pythons that the archive runs on.
        from config.bootstrap.commands import COMMANDS

        if not arguments or arguments[0] not in COMMANDS:
            names = ", ".join(COMMANDS)
            raise BootstrapError(f"Say one of: {names}.", f"اختر أحد الأوامر: {names}.")
        return COMMANDS[arguments[0]](arguments[1:])
    except BootstrapError as error:
        return refuse(error)
    except KeyboardInterrupt:
        refuse(BootstrapError("Stopped.", "توقّف العمل."))
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
