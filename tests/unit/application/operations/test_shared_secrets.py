"""Nodes that can't read what the other signs or seals."""

import pytest

from application.ports.nodes import Node, NodeId


def node(*token_secrets: str, sealing_keys: tuple[str, ...] = ()) -> Node:
    return Node(
        id=NodeId("a"),
        address="",
        version="",
        token_secrets=token_secrets,
        sealing_keys=sealing_keys,
    )


@pytest.mark.parametrize(
    ("own", "other"),
    [
        (node("one"), node("one")),
        (node("new", "old"), node("old", "new")),
        (node("one", "two"), node("one", "three")),
        (node("one"), node()),
        (node(), node("one")),
    ],
)
def test_who_signs_with_what_the_other_takes_is_alike(own: Node, other: Node) -> None:
    assert own.secrets_unlike(other) == []


@pytest.mark.parametrize(
    ("own", "other"), [(node("new", "old"), node("old")), (node("one"), node("two"))]
)
def test_who_signs_with_what_the_other_refuses_is_not(own: Node, other: Node) -> None:
    assert own.secrets_unlike(other) == ["TOKEN_SECRETS"]
    assert other.secrets_unlike(own) == ["TOKEN_SECRETS"]


def test_keys_that_seal_are_told_apart_from_secrets_that_sign() -> None:
    own, other = node("one", sealing_keys=("a",)), node("one", sealing_keys=("b",))

    assert own.secrets_unlike(other) == ["SEALING_KEYS"]
