"""The bridge from the container's providers to the names that handlers ask for."""

from collections.abc import Callable
from typing import TypeVar

from litestar.di import Provide

UseCase = TypeVar("UseCase")


class ProvideUseCase(Provide):
    """A provider that equals itself alone.

    For each handler Litestar compares each provider with each; by what they are made of that was
    half of making the application.
    """

    __eq__ = object.__eq__
    __hash__ = object.__hash__


def from_container(provider: Callable[[], UseCase]) -> Provide:
    """Ask the provider anew at each request, so that an override in a test takes effect."""

    def resolve() -> UseCase:
        return provider()

    return ProvideUseCase(resolve, sync_to_thread=False)
