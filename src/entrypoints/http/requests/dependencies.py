"""The bridge from the container's providers to the names that handlers ask for."""

from collections.abc import Callable
from typing import TypeVar

from litestar.di import Provide

UseCase = TypeVar("UseCase")


def from_container(provider: Callable[[], UseCase]) -> Provide:
    """Ask the provider anew at each request, so that an override in a test takes effect."""

    def resolve() -> UseCase:
        return provider()

    return Provide(resolve, sync_to_thread=False)
