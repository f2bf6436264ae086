"""HEAD: every path that takes GET takes it, and answers the same without a body."""

from collections.abc import Mapping
from typing import Any

from litestar.enums import HttpMethod
from litestar.types import HTTPScope

MARK = "emporia.head"


def as_get(scope: HTTPScope) -> HTTPScope:
    """The request as its route knows it; the server leaves the body out."""
    marked: HTTPScope = {**scope, "method": HttpMethod.GET, MARK: True}  # type: ignore[misc]
    return marked


def is_head(scope: Mapping[str, Any]) -> bool:
    """Whether this was a HEAD, for those whose body is not only long but endless."""
    return bool(scope.get(MARK))
