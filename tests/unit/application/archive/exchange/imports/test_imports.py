"""Files that are sent, and how their imports go."""

import asyncio
from datetime import timedelta

import pytest

from application.archive.exchange.run_imports import CUT_OFF, FAULT
from application.ports.archive.import_board import ImportState
from domain.archive.exchange.errors import ImportUnknown, TooManyImports
from domain.archive.exchange.imports.matching import Wanted
from domain.emporia.links import AccountId
from domain.errors import NotLinked, StorageUnavailable, UnknownDevice
from tests.unit.application.archive.exchange.imports.conftest import file_of


@pytest.fixture
async def caller(world):
    caller = await world.sign_up()
    await world.link(caller)
    return caller


async def ending(home, caller):
    status = await home.read(caller)
    return status.state, status.error


async def kinds_of(world, caller):
    return [line.kind for line in await world.list_events(caller, before=None, most=50)]


async def test_a_file_waits_for_its_turn_and_is_gone_when_it_was_read(home, caller):
    begun = await home.send(caller, file_of(60), file_name="c92c0a-Panel-1MIN.csv")
    assert begun.state is ImportState.WAITING
    assert await home.read(caller) == await home.read(caller, begun.id) == begun
    assert len(home.files.kept) == 1
    await home.run_until_idle()
    ended = await home.read(caller)
    assert (ended.state, ended.error, ended.reached.tally.taken) == (ImportState.DONE, None, 120)
    assert ended.ended_at == home.world.clock.now()
    assert home.files.kept == []
    assert home.imports.running == []
    assert "figures_imported" in await kinds_of(home.world, caller)


async def test_a_file_that_brings_nothing_leaves_no_line_in_the_trail(home, caller):
    for _ in range(2):
        await home.send(caller, file_of(60))
        await home.run_until_idle()
    assert (await kinds_of(home.world, caller)).count("figures_imported") == 1


async def test_a_bad_line_is_told_with_its_number(home, caller):
    await home.send(caller, file_of(60).replace("02/28/2026 19:05:00", "soon"))
    await home.run_until_idle()
    ended = await home.read(caller)
    assert (ended.state, ended.line) == (ImportState.REFUSED, 7)
    assert ended.error.startswith("'soon' is no time")
    assert home.files.kept == []


async def test_a_user_has_one_import_at_a_time_and_all_have_four(home, world, caller):
    await home.send(caller, file_of(10))
    with pytest.raises(TooManyImports) as refusal:
        await home.send(caller, file_of(10))
    assert refusal.value.retry_after_seconds == 10
    for number in range(3):
        other = await world.sign_up(f"person{number}@example.com")
        await world.link(other)
        await home.send(other, file_of(10))
    last = await world.sign_up("last@example.com")
    await world.link(last)
    with pytest.raises(TooManyImports):
        await home.send(last, file_of(10))
    await home.run_until_idle()
    await home.send(last, file_of(10))


async def test_nobody_reads_of_anothers_import(home, world, caller):
    begun = await home.send(caller, file_of(10))
    other = await world.sign_up("eve@example.com")
    for import_id in (None, begun.id, "none"):
        with pytest.raises(ImportUnknown):
            await home.read(other, import_id)


async def test_what_is_refused_at_once_takes_no_place(home, world, caller):
    with pytest.raises(UnknownDevice):
        await home.send(caller, file_of(10), wanted=Wanted(device=9))
    home.files.room = 10
    with pytest.raises(StorageUnavailable):
        await home.send(caller, file_of(10))
    stranger = await world.sign_up("eve@example.com")
    with pytest.raises(NotLinked):
        await home.send(stranger, file_of(10))
    assert home.imports.running == []
    with pytest.raises(ImportUnknown):
        await home.read(caller)


@pytest.mark.parametrize("links_again", [True, False])
async def test_whoever_lets_go_of_the_account_puts_nothing_there_any_more(
    home, world, caller, links_again
):
    await home.send(caller, file_of(60))
    await world.unlink_emporia(caller)
    if links_again:
        await world.link(caller, "solar@example.com", account=AccountId(43))
    await home.run_until_idle()
    ended = await home.read(caller)
    assert (ended.state, ended.error) == (ImportState.FAILED, NotLinked.sentence)
    assert home.contents() == ({}, {})


async def test_a_storage_that_fails_is_told_as_such(home, world, caller, monkeypatch):
    async def fail(*_, **__):
        raise StorageUnavailable

    await home.send(caller, file_of(60))
    monkeypatch.setattr(type(world.chunk_store), "put", fail)
    await home.run_until_idle()
    assert (await home.read(caller)).state is ImportState.FAILED
    assert (await home.read(caller)).error == StorageUnavailable.sentence


async def test_a_fault_of_our_own_is_logged_and_the_next_file_is_read(
    home, world, caller, monkeypatch, caplog
):
    with monkeypatch.context() as patch:
        patch.setattr(type(world.chunk_store), "put", lambda *_, **__: 1 / 0)
        await home.send(caller, file_of(60))
        await home.run_until_idle()
    ended = await home.read(caller)
    assert (ended.state, ended.error) == (ImportState.FAILED, FAULT)
    assert [record.getMessage() for record in caplog.records] == ["an import failed"]
    await home.send(caller, file_of(60))
    await home.run_until_idle()
    assert (await home.read(caller)).state is ImportState.DONE


async def test_a_gateway_that_stops_deletes_what_was_sent_and_says_so(
    home, world, caller, monkeypatch
):
    reached = asyncio.Event()

    async def wait(*_, **__):
        reached.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(type(world.chunk_store), "put", wait)
    task = asyncio.create_task(home.imports.run())
    await asyncio.sleep(0)
    await home.send(caller, file_of(60))
    other = await world.sign_up("bob@example.com")
    await world.link(other)
    await home.send(other, file_of(60))
    await reached.wait()
    assert (await home.read(caller)).state is ImportState.IMPORTING
    assert len(home.files.kept) == 2
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert home.files.kept == []
    assert await ending(home, caller) == (ImportState.FAILED, CUT_OFF)


async def test_a_start_deletes_what_was_left_and_reads_what_was_sent(home, caller):
    home.files.left.append("of an earlier process")
    await home.send(caller, file_of(10))
    await home.run_until_idle()
    assert home.files.left == []
    assert (await home.read(caller)).state is ImportState.DONE


async def test_how_an_import_ended_is_forgotten_after_a_day(home, world, caller):
    await home.send(caller, file_of(10))
    await home.run_until_idle()
    await world.clock.advance(timedelta(days=1).total_seconds() + 1)
    with pytest.raises(ImportUnknown):
        await home.read(caller)
