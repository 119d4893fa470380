from datetime import date

import pytest

from archive.models import Meeting, Source, Speaker
from search.meanings import named_keys

pytestmark = pytest.mark.django_db


def meant(field: str, text: str) -> set[str]:
    """The index values that a text means in a field."""
    values, _problem = named_keys([(field, text)])[field, text]
    return set(values)


@pytest.fixture
def blinken() -> Speaker:
    speaker = Speaker.objects.create(key="blinken", name_ar="أنتوني بلينكن", name_en="Antony Blinken")
    speaker.variants.create(text="بلينكين")
    Speaker.objects.create(key="other", name_ar="سامح شكري", name_en="Sameh Shoukry")
    return speaker


@pytest.fixture
def rome() -> Meeting:
    day = date(2021, 6, 28)
    meeting = Meeting.objects.create(
        key="m", kind="ministerial", name_ar="اجتماع", short_name_ar="روما", starts_on=day, ends_on=day
    )
    meeting.variants.create(text="مؤتمر روما")
    return meeting


@pytest.mark.parametrize(
    "text", ["blinken", "أنتوني بلينكن", "انتوني بلينكن", "بلينكين", " بلينكين ", "antony blinken", "{pk}"]
)
def test_speaker_is_meant_by_key_number_and_any_spelling(blinken: Speaker, text: str) -> None:
    assert meant("speaker", text.format(pk=blinken.pk)) == {str(blinken.pk)}


@pytest.mark.parametrize("field", ["speaker", "source", "meeting"])
@pytest.mark.parametrize("text", ["", "وزير الخارجية", "9" * 40, "٣", "none"])
def test_what_names_nobody_means_nothing(blinken: Speaker, rome: Meeting, field: str, text: str) -> None:
    Source.objects.create(key="paper", name_ar="صحيفة ما")
    assert meant(field, text) == set()


def test_outlet_and_meeting_are_meant_by_their_variants(rome: Meeting) -> None:
    source = Source.objects.create(key="paper", name_ar="جريدة ما")
    source.variants.create(text="الصحيفة")
    assert meant("source", "الصحيفه") == {str(source.pk)}
    assert meant("meeting", "مؤتمر روما") == {str(rome.pk)}
