"""What Litestar reads out of a handler is read once for all the gateways and clouds of a worker.

Which parameters a function has is the same in each of them, and to read it is a third of a start.
"""

from typing import Any
from weakref import WeakKeyDictionary

import pytest
from litestar._signature import SignatureModel
from litestar.utils.signature import ParsedSignature


def read_handlers_once(patch: pytest.MonkeyPatch) -> None:
    """Keep what was read for as long as the function lives, by all that it was read from."""
    patch.setattr(ParsedSignature, "from_fn", classmethod(_parsed_once(ParsedSignature.from_fn)))
    patch.setattr(SignatureModel, "create", classmethod(_made_once(SignatureModel.create)))


def _parsed_once(parse: Any) -> Any:
    kept: WeakKeyDictionary[Any, list[tuple[dict[str, Any], Any]]] = WeakKeyDictionary()

    def from_fn(_: type, fn: Any, signature_namespace: dict[str, Any]) -> Any:
        known = kept.setdefault(fn, [])
        for names, parsed in known:
            if names == signature_namespace:
                return parsed
        parsed = parse(fn, signature_namespace)
        known.append((dict(signature_namespace), parsed))
        return parsed

    return from_fn


def _made_once(make: Any) -> Any:
    kept: WeakKeyDictionary[Any, list[tuple[dict[str, Any], Any]]] = WeakKeyDictionary()

    def create(_: type, *, fn: Any, **others: Any) -> Any:
        known = kept.setdefault(fn, [])
        for made_of, model in known:
            if made_of["parsed_signature"] is others["parsed_signature"] and made_of == others:
                return model
        model = make(fn=fn, **others)
        known.append((others, model))
        return model

    return create
