"""A dataclass made while a start loads is the dataclass that it would have been anyway."""

import copy
import dataclasses
import inspect
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import InitVar, dataclass, field
from threading import Barrier
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

from entrypoints.commands.serve import serve
from entrypoints.commands.starting.late_methods import HAS_ONE_MAKER, methods_compiled_when_called

THREADS = 8


def made() -> SimpleNamespace:
    """One class of each kind that the code has."""

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Reading:
        gid: int
        watts: float | None = None
        tags: list[str] = field(default_factory=list, compare=False)
        secret: str = field(default="", repr=False)

    @dataclass(frozen=True, slots=True, order=True)
    class Month:
        """A month."""

        year: int
        number: int

        def __post_init__(self) -> None:
            if not 1 <= self.number <= 12:
                raise ValueError(self.number)

    @dataclass(slots=True)
    class Node:
        after: Any = None
        start: InitVar[int] = 0
        count: int = field(init=False, default=0)

        def __post_init__(self, start: int) -> None:
            self.count = start + 1

    @dataclass(frozen=True)
    class Base:
        name: str

    @dataclass(frozen=True)
    class Derived(Base):
        self: int = 1  # the name that methods give to what they are called on

        def __repr__(self) -> str:
            return "derived"

    @dataclass(frozen=True)
    class Empty:
        pass

    return SimpleNamespace(
        Reading=Reading, Month=Month, Node=Node, Base=Base, Derived=Derived, Empty=Empty
    )


@pytest.fixture
def late() -> SimpleNamespace:
    with methods_compiled_when_called():
        return made()


def outcome(call: Callable[[SimpleNamespace], Any], classes: SimpleNamespace) -> str:
    """What a call comes to, as text: an answer, or the kind and words of an error."""
    try:
        return repr(call(classes))
    except (TypeError, ValueError, AttributeError) as error:
        return f"{type(error).__name__}: {error}"


def in_a_ring(classes: SimpleNamespace) -> Any:
    node = classes.Node()
    node.after = node
    return node


CALLS: list[Callable[[SimpleNamespace], Any]] = [
    lambda c: c.Reading(gid=1),
    lambda c: c.Reading(gid=1, watts=2.0, tags=["a"], secret="s"),
    lambda c: c.Reading(1),
    lambda c: c.Reading(),
    lambda c: c.Reading(gid=1, amps=1),
    lambda c: c.Reading(gid=1).tags is c.Reading(gid=1).tags,
    lambda c: c.Reading(gid=1, tags=["a"]) == c.Reading(gid=1),
    lambda c: c.Reading(gid=1) == c.Reading(gid=2),
    lambda c: c.Reading(gid=1) == 1,
    lambda c: hash(c.Reading(gid=1, watts=2.0)),
    lambda c: setattr(c.Reading(gid=1), "gid", 2),
    lambda c: delattr(c.Reading(gid=1), "gid"),
    lambda c: copy.deepcopy(c.Reading(gid=1, tags=["a"])),
    lambda c: dataclasses.replace(c.Reading(gid=1, secret="s"), gid=2),
    lambda c: dataclasses.asdict(c.Reading(gid=1)),
    lambda c: c.Month(2026, 11),
    lambda c: c.Month(2026, 13),
    lambda c: c.Month(2026),
    lambda c: sorted([c.Month(2026, 11), c.Month(2025, 12)]),
    lambda c: c.Month(2026, 11) < 1,
    lambda c: [c.Month(2026, 11) >= c.Month(2026, 11), c.Month(2026, 1) > c.Month(2026, 2)],
    lambda c: {c.Month(2026, 11): 1}[c.Month(2026, 11)],
    lambda c: c.Node(None, 4),
    lambda c: hash(c.Node()),
    in_a_ring,
    lambda c: c.Derived("a"),
    lambda c: c.Derived("a", 2).self,
    lambda c: c.Derived("a") == c.Base("a"),
    lambda c: setattr(c.Derived("a"), "self", 2),
    lambda c: setattr(c.Base("a"), "other", 2),
    lambda c: [c.Empty(), c.Empty() == c.Empty(), hash(c.Empty())],
    lambda c: setattr(c.Empty(), "other", 2),
]


@pytest.mark.parametrize("call", CALLS)
def test_what_is_called_does_what_it_always_did_also_at_the_first_call(call, late):
    expected = outcome(call, made())

    assert [outcome(call, late), outcome(call, late)] == [expected, expected]


def test_methods_wait_for_their_first_call_and_are_their_own_from_then_on(late):
    reading, plain = late.Reading, made().Reading
    waited = reading.__init__.__code__ is reading.__eq__.__code__

    reading(gid=1)

    assert waited is HAS_ONE_MAKER
    assert reading.__init__.__code__ is not reading.__eq__.__code__
    assert inspect.signature(reading.__init__) == inspect.signature(plain.__init__)
    assert reading.__init__.__annotations__ == plain.__init__.__annotations__
    assert reading.__init__.__qualname__ == plain.__init__.__qualname__
    assert reading.__init__.__module__ == plain.__init__.__module__


def test_a_first_call_by_many_threads_at_once_is_the_call_of_each(late):
    together = Barrier(THREADS)

    def read(gid: int) -> Any:
        together.wait()
        return late.Reading(gid=gid)

    with ThreadPoolExecutor(THREADS) as threads:
        readings = list(threads.map(read, range(THREADS)))

    assert [reading.gid for reading in readings] == list(range(THREADS))


def test_what_is_made_later_has_its_methods_at_once():
    with methods_compiled_when_called():
        pass

    later = made().Reading

    assert later.__init__.__code__ is not later.__eq__.__code__


def test_dataclasses_are_left_as_they_were_where_loading_fails():
    before = vars(dataclasses).get("_create_fn")

    with pytest.raises(ImportError), methods_compiled_when_called():
        raise ImportError

    assert vars(dataclasses).get("_create_fn") is before


def test_serve_loads_what_it_loads_with_methods_that_wait(monkeypatch):
    before, meanwhile = vars(dataclasses).get("_create_fn"), []

    def load() -> None:
        meanwhile.append(vars(dataclasses).get("_create_fn"))
        raise ImportError

    monkeypatch.setattr("entrypoints.commands.serve.load_libraries_without_extras", load)

    with pytest.raises(ImportError):
        CliRunner().invoke(serve, catch_exceptions=False)

    assert (meanwhile != [before]) is HAS_ONE_MAKER
