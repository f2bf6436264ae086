"""Who has a turn at hashing, in which order, and who is told at once that there is none."""

import asyncio
import gc
from collections.abc import AsyncIterator, Sequence

import pytest

from adapters.security.line import Waiter
from adapters.security.turns import Turns
from application.ports.accounts.passwords import HasLeft, never_leaves
from domain.accounts.callers.networks import Network
from domain.accounts.callers.turns import Turn
from domain.errors import PasswordsBusy

FULL = 24


class Hall:
    """Turns that end when a test says so, on a clock that stands still until then."""

    def __init__(self, at_once: int = 1) -> None:
        self.seconds = 0.0
        self.chosen = 0
        self.turns = Turns(at_once, timer=lambda: self.seconds, choose=self._choose)
        self.called: list[str] = []
        self.refused: list[tuple[str, float | None]] = []
        self.tasks: dict[str, asyncio.Task[None]] = {}
        self._ends: dict[str, asyncio.Event] = {}

    def _choose(self, equals: Sequence[Waiter]) -> Waiter:
        self.chosen = len(equals)
        return equals[0]

    async def come(
        self, name: str, *, known: bool = False, of: str = "", has_left: HasLeft = never_leaves
    ) -> None:
        """Somebody asks for a turn, from a network of their own unless another is named."""
        turn = Turn(network=Network(of or name), is_known=known)
        self._ends[name] = asyncio.Event()
        self.tasks[name] = asyncio.create_task(self._have(name, turn, has_left))
        await settle()

    async def _have(self, name: str, turn: Turn, has_left: HasLeft) -> None:
        try:
            async with self.turns.take(turn, has_left):
                self.called.append(name)
                await self._ends[name].wait()
        except PasswordsBusy as busy:
            self.refused.append((name, busy.retry_after_seconds))

    async def end(self, *, after_seconds: float = 0.0) -> None:
        """The turn that was begun last is over."""
        self.seconds += after_seconds
        self._ends[self.called[-1]].set()
        await settle()

    async def end_all(self) -> list[str]:
        """Let everybody have their turn; who had one after the first that is going on now."""
        before = len(self.called)
        while self.turns.present:
            await self.end()
        return self.called[before:]

    async def fill(self, count: int = FULL, *, known: bool = False) -> None:
        """So many strangers wait, each of another network, while another is at work."""
        await self.come("first")
        for number in range(count):
            await self.come(f"{'known' if known else 'stranger'} {number}", known=known)


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


@pytest.fixture
async def hall() -> AsyncIterator[Hall]:
    made = Hall()
    yield made
    for task in made.tasks.values():
        task.cancel()
    await asyncio.gather(*made.tasks.values(), return_exceptions=True)


async def test_who_is_known_is_next_however_many_strangers_wait(hall: Hall) -> None:
    await hall.fill()
    await hall.come("owner", known=True)
    await hall.end()
    assert hall.called == ["first", "owner"]
    assert hall.refused == []


async def test_strangers_have_every_fourth_turn(hall: Hall) -> None:
    await hall.fill(6, known=True)
    await hall.come("stranger")
    assert await hall.end_all() == [
        *(f"known {number}" for number in range(3)),
        "stranger",
        *(f"known {number}" for number in range(3, 6)),
    ]


async def test_those_who_are_known_are_bounded_too(hall: Hall) -> None:
    await hall.fill(known=True)
    await hall.come("again", known=True, of="first")
    assert [name for name, _ in hall.refused] == ["again"]


async def test_many_of_one_network_wait_for_one_turn_each_of_the_others(hall: Hall) -> None:
    await hall.come("first", of="flood")
    for number in range(3):
        await hall.come(f"flood {number}", of="flood")
    await hall.come("ada")
    await hall.come("bob")
    assert await hall.end_all() == ["ada", "bob", "flood 0", "flood 1", "flood 2"]


async def test_a_network_that_fills_the_line_gives_way_to_whoever_comes(hall: Hall) -> None:
    await hall.come("first", of="flood")
    for number in range(FULL):
        await hall.come(f"flood {number}", of="flood")
    await hall.come("one too many", of="flood")
    await hall.come("ada")
    assert [name for name, _ in hall.refused] == ["one too many", f"flood {FULL - 1}"]
    await hall.end()
    assert hall.called[-1] == "ada"


async def test_a_48th_of_ipv6_is_one_network(hall: Hall) -> None:
    await hall.come("first", of="2001:db8:1:1::/64")
    for number in range(FULL):
        await hall.come(f"flood {number}", of=f"2001:db8:1:{number:x}::/64")
    await hall.come("ada", of="2001:db8:2:1::/64")
    await hall.end()
    assert hall.called[-1] == "ada"


async def test_among_equal_strangers_chance_decides_who_stays(hall: Hall) -> None:
    await hall.fill()
    await hall.come("newcomer")
    assert hall.chosen == FULL + 1
    assert [name for name, _ in hall.refused] == ["stranger 0"]


async def test_who_had_no_turn_lately_comes_before_those_who_had(hall: Hall) -> None:
    await hall.fill()
    await hall.end_all()
    await hall.come("first again", of="first")
    for number in range(FULL):
        await hall.come(f"again {number}", of=f"stranger {number}")
    await hall.come("newcomer")
    await hall.end()
    assert hall.called[-1] == "newcomer"


async def test_a_turn_counts_for_a_minute(hall: Hall) -> None:
    await hall.come("first", of="ada")
    await hall.end()
    hall.seconds += 60
    await hall.come("second", of="carol")
    await hall.come("ada")
    await hall.come("bob")
    assert await hall.end_all() == ["ada", "bob"]


async def test_where_a_turn_takes_long_no_more_wait_than_eight_seconds_are_enough_for(
    hall: Hall,
) -> None:
    await hall.come("slow")
    await hall.end(after_seconds=2)
    await hall.fill(4)
    assert hall.refused == []
    await hall.come("late", of="stranger 3")
    assert hall.refused == [("late", 8)]


async def test_who_is_known_does_not_wait_for_the_turns_of_strangers(hall: Hall) -> None:
    await hall.come("slow")
    await hall.end(after_seconds=2)
    await hall.fill(4)
    await hall.come("owner", known=True)
    assert hall.refused == []


async def test_strangers_wait_for_the_turns_of_those_who_are_known(hall: Hall) -> None:
    await hall.come("slow")
    await hall.end(after_seconds=2)
    await hall.fill(3, known=True)
    await hall.come("stranger")
    await hall.come("late", of="stranger")
    assert hall.refused == [("late", 8)]


async def test_somebody_may_wait_however_long_a_turn_takes(hall: Hall) -> None:
    await hall.come("slow")
    await hall.end(after_seconds=60)
    await hall.fill(1)
    assert hall.refused == []


async def test_turns_that_become_slow_make_the_line_shorter(hall: Hall) -> None:
    await hall.come("quick")
    await hall.end(after_seconds=0.25)
    await hall.fill(10)
    await hall.end(after_seconds=8.25)
    assert hall.turns.present == 1 + 9
    await hall.come("late")
    assert hall.turns.present == 1 + 4
    assert len(hall.refused) == 6


async def test_who_has_no_place_is_told_when_all_who_wait_will_have_had_their_turn(
    hall: Hall,
) -> None:
    await hall.come("quick")
    await hall.end(after_seconds=0.25)
    await hall.fill()
    await hall.come("newcomer")
    assert hall.refused == [("stranger 0", 6)]


async def test_those_who_hung_up_are_the_first_to_lose_their_place(hall: Hall) -> None:
    gone = asyncio.Event()
    await hall.come("first")
    await hall.come("gone", has_left=gone.is_set)
    for number in range(FULL - 1):
        await hall.come(f"stranger {number}")
    gone.set()
    await hall.come("newcomer")
    assert [name for name, _ in hall.refused] == ["gone"]


async def test_who_hung_up_has_no_turn(hall: Hall) -> None:
    await hall.come("gone before", has_left=lambda: True)
    gone = asyncio.Event()
    await hall.come("first")
    await hall.come("gone", has_left=gone.is_set)
    await hall.come("second")
    gone.set()
    assert await hall.end_all() == ["second"]
    assert [name for name, _ in hall.refused] == ["gone before", "gone"]


async def test_who_is_cancelled_while_waiting_leaves_the_line(hall: Hall) -> None:
    await hall.fill(2)
    hall.tasks["stranger 0"].cancel()
    await settle()
    assert hall.turns.present == 2
    assert await hall.end_all() == ["stranger 1"]


async def test_who_was_cancelled_just_now_is_the_first_to_lose_their_place(hall: Hall) -> None:
    await hall.fill()
    hall.tasks["stranger 5"].cancel()
    await hall.come("newcomer")
    assert hall.refused == []
    assert hall.turns.present == 1 + FULL


async def test_a_turn_of_somebody_cancelled_when_called_goes_to_the_next(hall: Hall) -> None:
    await hall.fill(2)
    hall._ends["first"].set()
    await asyncio.sleep(0)  # the turn is passed on, and not begun yet
    hall.tasks["stranger 0"].cancel()
    await settle()
    assert hall.called == ["first", "stranger 1"]


async def test_all_is_free_again_afterwards(hall: Hall) -> None:
    await hall.fill()
    await hall.end_all()
    assert hall.turns.present == 0
    await hall.come("ada")
    assert hall.called[-1] == "ada"


async def test_whoever_is_sent_away_leaves_no_garbage(hall: Hall) -> None:
    await hall.fill()
    gc.collect()
    gc.disable()
    try:
        for number in range(50):
            await hall.come(f"newcomer {number}")
        hall.tasks = {name: task for name, task in hall.tasks.items() if not task.done()}
        waiters = sum(isinstance(one, Waiter) for one in gc.get_objects())
    finally:
        gc.enable()
    assert waiters == FULL
