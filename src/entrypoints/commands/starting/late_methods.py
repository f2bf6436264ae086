"""Dataclasses whose methods are compiled at their first call.

A dataclass writes the source of up to six methods and compiles each. For the 550 that a start loads
that was a quarter of its time, and most of the methods are never called.
"""

import builtins
import dataclasses
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from types import FunctionType
from typing import Any

HAS_ONE_MAKER = sys.version_info < (3, 13)
"""Whether Python makes each method by `_create_fn`; later ones compile all of a class at once."""


@contextmanager
def methods_compiled_when_called() -> Iterator[None]:
    """Let dataclasses that are made meanwhile wait with their methods until they are called.

    From then on a method is what it would have been, and as fast. Before, `inspect.signature`
    does not know its parameters; `dataclasses.fields` does.
    """
    if not HAS_ONE_MAKER:
        yield
        return
    library = vars(dataclasses)
    at_once = library["_create_fn"]
    library["_create_fn"] = _late
    try:
        yield
    finally:
        library["_create_fn"] = at_once


def _late(
    name: str,
    args: Sequence[str],
    body: Sequence[str],
    *,
    globals: Mapping[str, Any] | None = None,  # noqa: A002  # the library calls it so
    locals: Mapping[str, Any] | None = None,  # noqa: A002
    return_type: object = dataclasses.MISSING,
) -> FunctionType:
    """Stand in for `_create_fn`, whose source names nothing but what is in `locals` or built in."""
    names = {
        **(locals or {}),
        "__builtins__": builtins,
        "__name__": (globals or {}).get("__name__"),
    }
    method = FunctionType(_first_call.__code__, names, name)
    returned = {} if return_type is dataclasses.MISSING else {"return": return_type}
    names["_become"] = partial(_become, method, args, body, returned)
    return method


def _first_call(*args: Any, **kwargs: Any) -> Any:
    # Each method has globals of its own, and a `_become` there that knows the rest.
    return _become()(*args, **kwargs)  # type: ignore[call-arg]


def _become(
    method: FunctionType, args: Sequence[str], body: Sequence[str], returned: Mapping[str, object]
) -> FunctionType:
    """Make this what it stands for, wherever it is held by now."""
    name, names = method.__name__, method.__globals__
    lines = "\n".join(f" {line}" for line in body)
    made: dict[str, FunctionType] = {}
    exec(f"def {name}({','.join(args)}):\n{lines}", names, made)  # noqa: S102  # as the library does
    # The code last: another thread may be calling this, and code without its defaults fails.
    method.__defaults__ = made[name].__defaults__
    method.__kwdefaults__ = made[name].__kwdefaults__
    method.__annotations__ = {**made[name].__annotations__, **returned}
    method.__code__ = made[name].__code__
    return method
