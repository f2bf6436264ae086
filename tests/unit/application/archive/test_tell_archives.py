from datetime import timedelta

import pytest

from application.archive.tell_archives import Fill, TellArchives
from domain.archive.recording.reading import Reading, figures_of
from domain.archive.recording.recorder import Recording
from domain.archive.series import Series, SeriesName
from domain.emporia.usage import Scale
from domain.errors import EmporiaUnreadable

DAY = 86_400


async def told(world, *, kept_answers: bool = True):
    account = (await world.links.accounts())[0]
    tell = TellArchives(
        archives=world.archives,
        store=world.chunk_store,
        codec=world.chunk_codec,
        kept_answers=world.kept_answers if kept_answers else None,
        work=world.heavy_work,
        clock=world.clock,
    )
    return account, await tell(account)


async def know_the_devices(world) -> None:
    """As after a device list was asked for, and the recorder's first plan."""
    account = (await world.links.accounts())[0]
    link = (await world.links.of_account(account))[0]
    customer = await world.cloud.customer(link.tokens)
    await world.kept_answers.keep_customer(customer)
    for gid in customer.gids:
        at = int((world.clock.now() - timedelta(days=30)).timestamp())
        await world.archives.note_first_known(account, gid, at)


async def test_without_a_device_list_the_fill_is_not_known(world) -> None:
    await world.resident()
    _, archive = await told(world)
    assert (archive.fill, archive.held) == (None, [])
    assert archive.recording == Recording()


async def test_without_the_key_of_what_was_kept_the_fill_is_not_known(world) -> None:
    await world.resident()
    await know_the_devices(world)
    _, archive = await told(world, kept_answers=False)
    assert archive.fill is None


async def test_before_the_recorder_knows_each_beginning_the_fill_is_not_known(world) -> None:
    await world.resident()
    await know_the_devices(world)
    account = (await world.links.accounts())[0]
    await world.archives.erase(account)
    _, archive = await told(world)
    assert archive.fill is None


async def test_a_list_that_can_not_be_read_is_no_list(world, monkeypatch) -> None:
    await world.resident()
    await know_the_devices(world)

    def refuse(*_: object, **__: object) -> None:
        raise EmporiaUnreadable

    monkeypatch.setattr(type(world.cloud), "customer_in", refuse)
    _, archive = await told(world)
    assert archive.fill is None


@pytest.fixture
def now(world) -> int:
    return int(world.clock.now().timestamp())


async def test_what_is_held_is_taken_off_what_is_wanted(world, now: int) -> None:
    await world.resident()
    await know_the_devices(world)
    account, empty = await told(world)
    assert empty.fill is not None
    assert empty.fill.done == 0
    assert empty.fill.wanted > 20

    start = (now // DAY - 3) * DAY
    reading = Reading(
        scale=Scale.MINUTE, start=start, figures=figures_of([0.001] * 1440), read_at=now
    )
    await world.keep_readings(Series(account, SeriesName(1000, "1,2,3")), reading)
    _, archive = await told(world)
    assert archive.fill == Fill(done=2, wanted=empty.fill.wanted)
    assert [(each.scale, each.coverage) for each in archive.held] == [(Scale.MINUTE, 1.0)]
