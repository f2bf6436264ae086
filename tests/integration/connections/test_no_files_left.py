"""A process without files left tells sockets to come back later, and says why in one line."""

import gc
import json

import pytest
from websockets.frames import Frame, Opcode

from entrypoints import asgi
from tests.integration.connections.test_open_files import no_more_files

SOCKETS = 5


@pytest.mark.filterwarnings("ignore:.* was deleted before being closed:ResourceWarning")
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
async def test_sockets_without_files_are_closed_with_1013(
    stages, dial, caplog, monkeypatch, eventually
) -> None:
    monkeypatch.setattr(asgi, "CARE_AFTER_SECONDS", 3600)  # it would say that it has no files, too
    async with stages() as before:
        people = [await before.linked() for _ in range(SOCKETS)]
    async with stages() as stage:
        peers = [await (await dial(stage)).upgrade() for _ in people]
        engine = stage.container.engine()
        while engine.pool.checkedin() + engine.pool.checkedout():
            # What was open at the start, or is opened meanwhile by those who look for changes.
            await eventually(lambda: not engine.pool.checkedout())
            await engine.dispose()
        caplog.clear()
        with no_more_files():
            for peer, person in zip(peers, people, strict=True):
                await peer.send_frames(authenticate(person))
            codes = [await peer.close_code() for peer in peers]

    # Of the database: connections that were given up while they were opened, or were in use when
    # we had its pool thrown away.
    gc.collect()
    assert codes == [1013] * SOCKETS
    told = [
        record
        for record in caplog.records
        if record.levelname in {"WARNING", "ERROR"} and "could not be erased" not in record.msg
    ]  # what a start has to erase may just be under way
    assert len(told) == 1, [record.getMessage() for record in told]
    assert told[0].exc_info is None


def authenticate(person) -> Frame:
    message = {"type": "authenticate", "token": person.token}
    return Frame(Opcode.TEXT, json.dumps(message).encode())
