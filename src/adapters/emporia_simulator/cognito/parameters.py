"""What an operation of the user pool reads from its request, and how Cognito refuses the rest."""

from typing import Any

from adapters.emporia_simulator.refusals import Refusal, pool_refusal

Body = dict[str, Any]


def invalid(message: str) -> Refusal:
    """The refusal of a request that makes no sense."""
    return pool_refusal("InvalidParameterException", message)


def violated(name: str, *, shown: str, constraint: str) -> Refusal:
    """The refusal of a member of the request itself, which Cognito spells with a small letter."""
    member = f"{name[:1].lower()}{name[1:]}"
    return invalid(
        f"1 validation error detected: Value {shown} at '{member}' "
        f"failed to satisfy constraint: {constraint}"
    )


def member(body: Body, name: str) -> str:
    """A member of the request that must be there, as text."""
    value = body.get(name)
    if value is None:
        raise violated(name, shown="null", constraint="Member must not be null")
    if not isinstance(value, str):
        raise pool_refusal("SerializationException", "")
    return value


def parameter(parameters: Body, name: str) -> str:
    """An entry of the request's parameters that must be there, as text."""
    value = parameters.get(name)
    if not isinstance(value, str) or not value:
        raise invalid(f"Missing required parameter {name}")
    return value


def parameters_of(body: Body, name: str) -> Body:
    """The parameters of a request; none are as good as no entries."""
    value = body.get(name) or {}
    if not isinstance(value, dict):
        raise pool_refusal("SerializationException", "Expected map or null")
    return value


def check_client(body: Body, *, client_id: str) -> None:
    """Refuse a request that does not come from the pool's one client."""
    asking = member(body, "ClientId")
    if asking != client_id:
        message = f"User pool client {asking} does not exist."
        raise pool_refusal("ResourceNotFoundException", message)
