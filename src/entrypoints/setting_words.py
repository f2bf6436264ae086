"""Settings that are one of two words, and true or false to the gateway."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator

from entrypoints.setting_kinds import shown

SWITCH = {"on": True, "off": False}
ALLOWANCE = {"allow": True, "off": False}


def _switch(value: object) -> object:
    return _one_of(SWITCH, value)


def _allowance(value: object) -> object:
    return _one_of(ALLOWANCE, value)


def _one_of(words: Mapping[str, bool], value: object) -> object:
    if not isinstance(value, str):
        return value
    text = value.strip().lower()
    if text not in words:
        raise ValueError(f"{shown(value)} is not one of {', '.join(words)}.")
    return words[text]


Switch = Annotated[bool, BeforeValidator(_switch)]
Allowance = Annotated[bool, BeforeValidator(_allowance)]
