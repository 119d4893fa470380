"""The process that the children of the fault tests are forked from: Django is set up, nothing is open.

Only ``multiprocessing``'s fork server imports this, so that a child begins in milliseconds as a new
process would.
"""

import os
from importlib import import_module

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

import django

django.setup()

# All that children need, so that every one of a run has the same code; models must wait for Django.
for name in (
    "tests.faults.programs",
    "tests.faults.refusals",
    "search.checking",
    "search.management.commands.check_index",
    "search.engine.recovery",
    "search.engine.writing",
    "config.urls",
):
    import_module(name)
