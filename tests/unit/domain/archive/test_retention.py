import pytest

from domain.archive.recording.late import is_worth_another_look
from domain.archive.recording.retention import newest_final
from domain.emporia.usage import Scale
from tests.unit.domain.archive.readings import MARCH

HOUR = 3600


@pytest.mark.parametrize(
    ("scale", "late"), [(Scale.SECOND, 75), (Scale.MINUTE, 120), (Scale.HOUR, 1800)]
)
def test_a_bucket_is_final_once_emporia_has_had_the_time_to_publish_it(scale, late) -> None:
    width = scale.seconds
    assert newest_final(scale, MARCH + width + late) == MARCH + width
    assert newest_final(scale, MARCH + width + late - 1) == MARCH


def test_a_null_has_one_more_look_shortly_before_emporia_forgets_it() -> None:
    due = MARCH + 6600
    assert not is_worth_another_look(Scale.SECOND, MARCH, read_at=MARCH + 60, now=due - 1)
    assert is_worth_another_look(Scale.SECOND, MARCH, read_at=MARCH + 60, now=due)
    assert not is_worth_another_look(Scale.SECOND, MARCH, read_at=due, now=due + HOUR)
