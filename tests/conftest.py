"""What every test stands on (the settings are in ``tests/settings.py``)."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils import translation


@pytest.fixture(autouse=True)
def _default_language() -> Iterator[None]:
    """A page asked for in English leaves its language behind in the thread; no test inherits it."""
    with translation.override(settings.LANGUAGE_CODE):
        yield
