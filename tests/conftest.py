"""What every test stands on (the settings are in ``tests/settings.py``)."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import settings as hypothesis_settings

# A busy machine is no failure: nothing here is timed.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _default_language() -> Iterator[None]:
    """A page asked for in English leaves its language behind in the thread; no test inherits it."""
    with translation.override(settings.LANGUAGE_CODE):
        yield
