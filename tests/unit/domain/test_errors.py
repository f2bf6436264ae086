import re

import pytest

from domain import errors
from domain.errors import BudgetSpent, DomainError, EmporiaClockDiffers


def drawn_tree() -> dict[str, str]:
    """Each error of the module's drawing and the one it hangs from."""
    parents: dict[int, str] = {}
    tree = {}
    for line in (errors.__doc__ or "").splitlines()[2:]:
        depth, name = re.match(r"[│├└─ ]*", line)[0], re.search(r"\w+", line)[0]  # type: ignore[index]
        parents[len(depth)] = name
        tree[name] = parents.get(len(depth) - 4, "Exception")
    return tree


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    classes = {each for each in vars(errors).values() if isinstance(each, type)}
    assert drawn_tree() == {each.__name__: each.__mro__[1].__name__ for each in classes}


def test_an_error_speaks_its_own_sentence_or_the_one_it_is_given() -> None:
    assert str(DomainError()) == "Something went wrong."
    assert str(DomainError("The house is on fire.")) == "The house is on fire."


def test_what_passes_by_itself_knows_when_to_ask_again() -> None:
    assert BudgetSpent(retry_after_seconds=3).retry_after_seconds == 3
    assert BudgetSpent().retry_after_seconds is None


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(420, "is 7 minutes ahead of"), (-150, "is 2 minutes behind")],
)
def test_a_clock_that_differs_says_by_how_much_and_which_way(seconds: float, told: str) -> None:
    assert str(EmporiaClockDiffers(ahead_seconds=seconds)) == (
        f"The gateway's clock {told} Emporia's, so that Emporia can't check the password; "
        "whoever runs the gateway has to set its clock."
    )
