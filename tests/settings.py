"""The settings of the tests: the site's own, in a run-time folder that goes when they end.

A module of its own, because pytest-django reads the settings before any conftest.
"""

import atexit
import os
import shutil
import tempfile

os.environ["MAHDAR_VAR"] = tempfile.mkdtemp(prefix="mahdar-tests-")
os.environ["MAHDAR_DEBUG"] = "1"
os.environ["MAHDAR_REBUILD"] = "inline"
os.environ.pop("MAHDAR_DATABASE_URL", None)
atexit.register(shutil.rmtree, os.environ["MAHDAR_VAR"], ignore_errors=True)

from config.settings import *  # noqa: E402, F403 - the environment must be set first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a real one costs half a second a test
