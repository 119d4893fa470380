"""What the bootstrap says, always in both languages."""

import sys


class BootstrapError(Exception):
    """A plain sentence for whoever typed the command; ends it with exit status 1."""

    def __init__(self, english, arabic):
        super().__init__(english)
        self.english = english
        self.arabic = arabic


def say(english, arabic):
    """Print one step of the work."""
    print(f"• {english} — {arabic}", flush=True)


def refuse(error):
    """Print why the work stopped; returns the exit status."""
    print(f"{error.english}\n{error.arabic}", file=sys.stderr, flush=True)
    return 1
