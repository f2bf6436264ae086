"""What a command says when it fails."""

import pytest

from domain.errors import EmailTaken
from entrypoints.commands.failures import sentence_of


def test_our_own_errors_speak_for_themselves() -> None:
    assert sentence_of(EmailTaken()) == "User with this email already exists."


def test_the_system_s_errors_are_told_with_the_file() -> None:
    error = PermissionError(13, "Permission denied", "data")

    assert sentence_of(error) == "Permission denied: data."


def test_a_group_is_its_first_error() -> None:
    group = ExceptionGroup("tasks", [ExceptionGroup("inner", [EmailTaken()]), ValueError()])

    assert sentence_of(group) == "User with this email already exists."


@pytest.mark.parametrize("error", [ValueError("hunter2"), OSError("hunter2")])
def test_the_text_of_anything_else_is_kept_back(error: Exception) -> None:
    assert sentence_of(error) == (
        f"this should not have happened: {type(error).__name__} at an unknown place."
    )
