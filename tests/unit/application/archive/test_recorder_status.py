import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.fake.emporia.emporia_gateway import HOME
from domain.archive.events import RecordingChosen
from domain.archive.recording.recorder import Recording, Seconds
from domain.emporia.links import AccountId
from domain.errors import EmporiaUnavailable, LinkDead, NotLinked
from tests.unit.application.archive.kept import MAINS, NOON, PLUG
from tests.unit.application.conftest import World

DAY = 86_400


async def begun(world: World, *, days: float):
    """Somebody's home, whose devices have measured for so many days."""
    caller = await world.resident()
    for gid in (MAINS.gid, PLUG.gid):
        await world.archives.note_first_known(HOME, gid, NOON - int(days * DAY))
    return caller


async def test_before_its_first_step_the_recorder_is_planning(world) -> None:
    status = await world.read_recorder(await begun(world, days=2))
    assert status.state == "planning"
    assert status.recording == Recording()
    assert status.planned_requests is status.fill_requests is status.fill_done_at is None
    assert status.requests_a_day is status.last_request_at is None


async def test_the_past_is_filled_and_its_end_can_be_told(world) -> None:
    caller = await begun(world, days=400)
    await world.record.step(HOME)
    status = await world.read_recorder(caller)
    assert status.state == "filling"
    assert status.requests_a_day == 2 * 2 + 24
    assert 0 < status.fill_requests < status.planned_requests
    assert status.fill_done_at == world.clock.now() + timedelta(seconds=10 * status.fill_requests)
    assert status.last_request_at == world.clock.now()
    assert status.waits_for is None


async def test_after_the_fill_the_day_is_recorded_and_then_all_is_there(world) -> None:
    caller = await begun(world, days=0.9)
    await world.record.step(HOME)
    status = await world.read_recorder(caller)
    assert (status.state, status.fill_requests) == ("recording", 0)
    for _ in range(status.planned_requests):
        await world.record.step(HOME)
    status = await world.read_recorder(caller)
    assert (status.state, status.planned_requests) == ("up_to_date", 0)


async def test_a_recorder_that_waits_says_what_for(world) -> None:
    caller = await begun(world, days=2)
    world.cloud.failure = EmporiaUnavailable(retry_after_seconds=60)
    await world.record.step(HOME)
    status = await world.read_recorder(caller)
    assert (status.state, status.waits_for) == ("waiting", "cloud")


async def test_what_is_asked_for_just_now_is_told(world) -> None:
    caller = await begun(world, days=2)
    world.cloud.answer_seconds = 5
    stepping = asyncio.create_task(world.record.step(HOME))
    await world.clock.settle()
    status = await world.read_recorder(caller)
    assert status.doing is not None
    assert status.doing in world.record.progress[HOME].plan.errands
    await world.clock.advance(5)
    await stepping
    assert (await world.read_recorder(caller)).doing is None


async def test_a_recorder_that_is_switched_off_says_so(world) -> None:
    caller = await begun(world, days=2)
    assert (await replace(world.read_recorder, is_on=False)(caller)).state == "off"


async def test_without_a_link_nothing_is_recorded(world) -> None:
    stranger = await world.sign_up()
    with pytest.raises(NotLinked):
        await world.read_recorder(stranger)
    with pytest.raises(NotLinked):
        await world.choose_recording(stranger, minutes=False, seconds=None)


async def test_a_dead_link_is_said_to_be_dead(world) -> None:
    caller = await begun(world, days=2)
    world.store.links[caller.user.id] = replace(world.store.links[caller.user.id], tokens=None)
    with pytest.raises(LinkDead):
        await world.read_recorder(caller)


@pytest.mark.parametrize(
    ("minutes", "seconds", "chosen", "words"),
    [
        (False, None, Recording(minutes=False), ("off", "mains")),
        (None, Seconds.ALL, Recording(seconds=Seconds.ALL), ("on", "all")),
        (False, Seconds.OFF, Recording(minutes=False, seconds=Seconds.OFF), ("off", "off")),
    ],
)
async def test_what_is_chosen_is_kept_told_and_planned_anew(
    world, minutes, seconds, chosen, words
) -> None:
    caller = await begun(world, days=2)
    heard: list[RecordingChosen] = []

    async def note(event: RecordingChosen) -> None:
        heard.append(event)

    world.events.subscribe(RecordingChosen, note)
    await world.record.step(HOME)
    status = await world.choose_recording(caller, minutes=minutes, seconds=seconds)
    assert status.recording == chosen == await world.archives.recording(HOME)
    assert status.state == "planning"
    (event,) = heard
    assert (event.user_id, event.account, event.by) == (caller.user.id, HOME, caller.actor)
    assert (event.minutes, event.seconds) == words


async def test_the_same_choice_again_disturbs_nobody(world) -> None:
    caller = await begun(world, days=2)
    await world.record.step(HOME)
    status = await world.choose_recording(caller, minutes=True, seconds=Seconds.MAINS)
    assert status.state != "planning"
    assert HOME not in world.archives.chosen
    assert await world.archives.recording(AccountId(9)) == Recording()
