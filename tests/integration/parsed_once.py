"""What Litestar reads out of a handler is read once for all the gateways and clouds of a worker.

Which parameters a function has is the same in each of them, and to read it is a third of a start.
"""

from collections import defaultdict
from types import CodeType, FunctionType
from typing import Any

import pytest
from litestar._signature import SignatureModel
from litestar.utils.signature import ParsedSignature

Known = defaultdict[CodeType, list[tuple[Any, Any]]]
"""By the code, which all the functions share that one line has made: of what, and what it gave."""


def read_handlers_once(patch: pytest.MonkeyPatch) -> None:
    """Keep what was read, by all that it was read from."""
    patch.setattr(ParsedSignature, "from_fn", classmethod(_parsed_once(ParsedSignature.from_fn)))
    patch.setattr(SignatureModel, "create", classmethod(_made_once(SignatureModel.create)))


def _parsed_once(parse: Any) -> Any:
    known: Known = defaultdict(list)

    def from_fn(_: type, fn: Any, signature_namespace: dict[str, Any]) -> Any:
        if not isinstance(fn, FunctionType) or hasattr(fn, "__wrapped__"):
            return parse(fn, signature_namespace)
        read_from = (
            fn.__module__,
            fn.__annotations__,
            fn.__defaults__,
            fn.__kwdefaults__,
            dict(signature_namespace),
        )
        return _once(known[fn.__code__], read_from, lambda: parse(fn, signature_namespace))

    return from_fn


def _made_once(make: Any) -> Any:
    known: Known = defaultdict(list)

    def create(_: type, *, fn: Any, parsed_signature: Any, **others: Any) -> Any:
        def made() -> Any:
            return make(fn=fn, parsed_signature=parsed_signature, **others)

        if not isinstance(fn, FunctionType):
            return made()
        made_of = (_Itself(parsed_signature), fn.__name__, fn.__module__, others)
        return _once(known[fn.__code__], made_of, made)

    return create


class _Itself:
    """Equals what is the same object, and keeps it alive."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and self.value is other.value

    __hash__ = None  # type: ignore[assignment]


def _once(known: list[tuple[Any, Any]], made_of: Any, make: Any) -> Any:
    for former, result in known:
        if former == made_of:
            return result
    result = make()
    known.append((made_of, result))
    return result
