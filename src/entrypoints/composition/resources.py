"""Parts that have to be closed, and who closes them."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from inspect import iscoroutinefunction
from typing import Any, TypeVar

Part = TypeVar("Part")

Resources = AsyncExitStack[bool | None]


def owned(
    resources: Resources,
    make: Callable[..., Part],
    *arguments: object,
    close_by: str = "close",
    **parts: object,
) -> Part:
    """Make a part and see to it that it is closed when the resources are."""
    made = make(*arguments, **parts)
    close: Callable[[], Any] = getattr(made, close_by)
    if iscoroutinefunction(close):
        resources.push_async_callback(close)
    else:
        resources.callback(close)
    return made
