"""The bridge from the container's providers to the names that handlers ask for."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from litestar import Router
from litestar.di import Provide
from litestar.routes import HTTPRoute

UseCase = TypeVar("UseCase")

OF_MIDDLEWARE = ("check_access", "identify_client")
"""What is asked for before there is a handler."""


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


def asked_for(routes: Iterable[Router]) -> frozenset[str]:
    """Every name that a handler's parameters may ask for.

    Litestar goes through all that are provided for each handler: those of commands cost a start.
    """
    named = {
        name
        for router in routes
        for route in router.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        for name in handler.fn.__annotations__
    }
    return frozenset({*OF_MIDDLEWARE, *named})
