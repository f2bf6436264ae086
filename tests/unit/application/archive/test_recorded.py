import pytest

from adapters.fake.archive.chunk_codec import PlainChunkCodec
from application.archive.recorded import Asked, series_of
from domain.archive.held import Held
from domain.archive.quality import Mark
from domain.archive.recording.reading import Reading, figures_of
from domain.archive.series import SeriesName
from domain.archive.spans import SECONDS
from domain.emporia.channels import Channel
from domain.emporia.devices import Customer, Device
from domain.emporia.homes import homes_of
from domain.emporia.kinds import DeviceKind
from domain.emporia.links import AccountId
from domain.emporia.usage import Scale
from tests.unit.application.archive.kept import MAINS, MIDNIGHT, instant

HOUR = 3600
DAY = 24 * HOUR
CODEC = PlainChunkCodec()
LATER = MIDNIGHT + 90 * DAY


def held(
    scale: Scale,
    usages: list[float | None],
    *,
    start: int = MIDNIGHT,
    read_at: int = LATER,
    name: SeriesName = MAINS,
    told: Mark = Mark.READ,
) -> list[Held]:
    reading = Reading(
        scale=scale, start=start, figures=figures_of(usages), read_at=read_at, told=told
    )
    found = []
    for chunk in reading.chunks():
        sealed = CODEC.seal(chunk)
        found.append(
            Held(
                name=name,
                span=sealed.span,
                asked=sealed.asked,
                known=sealed.known,
                size=sealed.size,
                runs=sealed.runs,
            )
        )
    return found


def gaps(
    chunks: list[Held], scale: Scale, start: int, end: int, *, now: int = LATER
) -> list[tuple[int, int]]:
    asked = Asked.of(chunks, CODEC, now=now)
    return list(asked.gaps(MAINS, scale, start, end))


def test_of_nothing_held_all_is_a_gap() -> None:
    assert gaps([], Scale.HOUR, MIDNIGHT, MIDNIGHT + DAY) == [(MIDNIGHT, MIDNIGHT + DAY)]


def test_gaps_are_before_between_and_after_what_was_asked_for() -> None:
    chunks = [
        *held(Scale.HOUR, [1.0, None], start=MIDNIGHT + HOUR),
        *held(Scale.MINUTE, [1.0] * 60, start=MIDNIGHT + 5 * HOUR),
    ]
    assert gaps(chunks, Scale.HOUR, MIDNIGHT, MIDNIGHT + 8 * HOUR) == [
        (MIDNIGHT, MIDNIGHT + HOUR),
        (MIDNIGHT + 3 * HOUR, MIDNIGHT + 5 * HOUR),
        (MIDNIGHT + 6 * HOUR, MIDNIGHT + 8 * HOUR),
    ]


@pytest.mark.parametrize(
    ("kept", "wanted", "is_asked"),
    [
        (Scale.MINUTE, Scale.QUARTER_HOUR, True),
        (Scale.QUARTER_HOUR, Scale.HOUR, True),
        (Scale.MINUTE, Scale.HOUR, True),
        (Scale.HOUR, Scale.MINUTE, False),
        (Scale.SECOND, Scale.MINUTE, False),
    ],
)
def test_what_was_asked_for_finer_is_not_asked_for_again(kept, wanted, is_asked) -> None:
    chunks = held(kept, [1.0] * (HOUR // SECONDS[kept]))
    found = gaps(chunks, wanted, MIDNIGHT, MIDNIGHT + HOUR)
    assert found == ([] if is_asked else [(MIDNIGHT, MIDNIGHT + HOUR)])


def test_whole_chunks_side_by_side_are_one_stretch() -> None:
    chunks = held(Scale.MINUTE, [1.0] * (3 * 1440))
    assert Asked.of(chunks, CODEC, now=LATER).ranges == {
        (MAINS, Scale.MINUTE): [(MIDNIGHT, MIDNIGHT + 3 * DAY)]
    }
    assert gaps(chunks, Scale.MINUTE, MIDNIGHT + DAY, MIDNIGHT + 2 * DAY) == []


def test_other_series_are_not_asked_for_by_it() -> None:
    chunks = held(Scale.HOUR, [1.0], name=SeriesName(9, "1,2,3"))
    assert len(gaps(chunks, Scale.HOUR, MIDNIGHT, MIDNIGHT + HOUR)) == 1


READ_SOON = MIDNIGHT + 5 * HOUR
DUE = MIDNIGHT + 4 * HOUR + 47 * HOUR


def test_nulls_before_a_device_was_back_are_looked_at_once_more_when_all_has_come() -> None:
    chunks = held(Scale.HOUR, [1.0, None, None, None, 1.0], read_at=READ_SOON + HOUR)
    window = MIDNIGHT, MIDNIGHT + 5 * HOUR
    assert gaps(chunks, Scale.HOUR, *window, now=DUE - 1) == []
    late = (MIDNIGHT + HOUR, MIDNIGHT + 4 * HOUR)
    assert gaps(chunks, Scale.HOUR, *window, now=DUE) == [late]
    again = held(Scale.HOUR, [1.0, None, None, None, 1.0], read_at=DUE)
    assert gaps(again, Scale.HOUR, *window, now=DUE + DAY) == []


def test_a_device_that_stays_away_is_not_asked_for() -> None:
    chunks = held(Scale.HOUR, [1.0, None, None, None], read_at=READ_SOON)
    assert gaps(chunks, Scale.HOUR, MIDNIGHT, MIDNIGHT + 4 * HOUR, now=DUE) == []


def test_a_device_that_is_back_in_a_later_chunk_is_asked_for() -> None:
    away = held(Scale.MINUTE, [None] * 60, start=MIDNIGHT + 23 * HOUR, read_at=MIDNIGHT + 25 * HOUR)
    back = held(Scale.MINUTE, [1.0] * 60, start=MIDNIGHT + DAY, read_at=MIDNIGHT + 26 * HOUR)
    window = MIDNIGHT + 23 * HOUR, MIDNIGHT + 25 * HOUR
    now = MIDNIGHT + DAY + 47 * HOUR
    assert gaps([*away, *back], Scale.MINUTE, *window, now=now) == [
        (MIDNIGHT + 23 * HOUR, MIDNIGHT + DAY)
    ]
    assert gaps(away, Scale.MINUTE, window[0], MIDNIGHT + DAY, now=now) == []


def customer(*devices: Device) -> Customer:
    return Customer(
        account=AccountId(42),
        document={},
        devices=devices,
        received_at=instant(MIDNIGHT),
        homes=homes_of(devices),
    )


def test_mains_are_of_the_panels_and_all_that_is_measured_is_listed_once() -> None:
    panel = Device(
        gid=1,
        kind=DeviceKind.PANEL,
        channels=(Channel(number="1,2,3"), Channel(number="1"), Channel(number="Balance")),
        devices=(Device(gid=2, kind=DeviceKind.PLUG, parent=1),),
    )
    mains, others = series_of(customer(panel, panel))
    assert mains == [SeriesName(1, "1,2,3")]
    assert others == [SeriesName(1, "1"), SeriesName(2, "1,2,3")]


def test_without_devices_nothing_is_recorded() -> None:
    assert series_of(customer()) == ([], [])
