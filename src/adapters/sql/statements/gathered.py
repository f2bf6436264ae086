"""What many ask of the storage at the same time, asked in one statement.

A crowd that comes over from a node that is gone asks for all of its rows at once: a statement for
each takes longer than the crowd has patience.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from contextvars import Context
from typing import Any, Generic, TypeVar

from sqlalchemy import BindParameter, ColumnElement, Table, bindparam

AT_ONCE = 2
"""Statements under way, so that one slow answer does not hold up whoever comes next."""

LONG_SECONDS = 1.0
"""What fails only after so long has failed for whoever waited behind it, too."""

SIZES = (1, 4, 16, 64)
"""How many a statement asks for: each size is a text of its own, which is prepared but once."""

PREFIX = "its_"
"""Of values that are named later, for an insert takes the names of its columns for itself."""

Key = TypeVar("Key", bound=Hashable)
Found = TypeVar("Found")


class Gathered(Generic[Key, Found]):
    """Asks at once for whoever comes first, and together for who comes while others are answered.

    An answer is never older than its question: whoever comes while a statement is under way is
    answered by a later one. A caller who gives up does not stop the others. Where the storage
    hangs, nobody waits for more than the statement under way and the next one.
    """

    def __init__(self, ask: Callable[[Sequence[Key]], Awaitable[Mapping[Key, Found]]]) -> None:
        self._ask = ask
        self._waiting: dict[Key, asyncio.Future[Found | None]] = {}
        self._asking: set[asyncio.Task[None]] = set()

    async def __call__(self, key: Key) -> Found | None:
        """What is found for this key, None where nothing is; raises what the asking does."""
        answer = self._waiting.get(key)
        if answer is None:
            answer = asyncio.get_running_loop().create_future()
            self._waiting[key] = answer
            # One that is done looks for nobody any more, even where it was not let go yet.
            if sum(not task.done() for task in self._asking) < AT_ONCE:
                # What it says is not about whoever happened to come first.
                task = asyncio.create_task(self._ask_in_turn(), context=Context())
                self._asking.add(task)
                task.add_done_callback(self._asking.discard)
        return await asyncio.shield(answer)

    async def _ask_in_turn(self) -> None:
        """One statement after the other, until nobody waits."""
        time = asyncio.get_running_loop().time
        while self._waiting:
            begun_at = time()
            keys = tuple(self._waiting)[: SIZES[-1]]
            answers = {key: self._waiting.pop(key) for key in keys}
            behind = dict(self._waiting)
            try:
                found = await self._ask(keys)
            except BaseException as failure:
                if time() - begun_at >= LONG_SECONDS:
                    answers |= self._taken_from_the_queue(behind)
                for answer in answers.values():
                    _fail(answer, failure)
                if not isinstance(failure, Exception):
                    raise
            else:
                for key, answer in answers.items():
                    answer.set_result(found.get(key))

    def _taken_from_the_queue(
        self, queued: "Mapping[Key, asyncio.Future[Found | None]]"
    ) -> "dict[Key, asyncio.Future[Found | None]]":
        """Those of them that wait still; others may wait for the same key by now."""
        still = {key: answer for key, answer in queued.items() if self._waiting.get(key) is answer}
        for key in still:
            del self._waiting[key]
        return still


def _fail(answer: "asyncio.Future[Any]", failure: BaseException) -> None:
    if isinstance(failure, Exception):
        answer.set_exception(failure)
        answer.exception()  # marks it as seen, should every caller have given up
    else:
        answer.cancel()


def is_one_of(column: ColumnElement[Any], keys: Sequence[Any]) -> ColumnElement[bool]:
    """Holds for the rows of these keys, in one of the few sizes."""
    return column.in_(filled(keys))


def named_later(table: Table) -> dict[str, BindParameter[Any]]:
    """The values of a row by its columns, for one statement that is made for many rows."""
    return {column.name: bindparam(PREFIX + column.name, type_=column.type) for column in table.c}


def named(values: Mapping[str, Any]) -> dict[str, Any]:
    """A row's values under the names that they were given before."""
    return {PREFIX + name: value for name, value in values.items()}


def filled(keys: Sequence[Key]) -> Sequence[Key]:
    """The keys, the last one said again until they are as many as one of the sizes."""
    size = next(size for size in SIZES if size >= len(keys))
    return [*keys, *([keys[-1]] * (size - len(keys)))]
