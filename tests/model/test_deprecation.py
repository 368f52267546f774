"""Old names of arguments work and warn."""

from __future__ import annotations

import inspect
import typing

import pytest

from sibtui.model.deprecation import renamed_arguments


@renamed_arguments(old="new")
def doubled(new: int = 1, *, other: int = 0) -> int:
    """Return twice the number, and the other."""
    return 2 * new + other


def test_an_old_argument_works_like_the_new_one_with_a_warning() -> None:
    with pytest.warns(DeprecationWarning, match="old= is an old name: use new=") as caught:
        assert doubled(old=3, other=1) == 7  # type: ignore[call-arg]
    assert [warning.filename for warning in caught] == [__file__]


def test_new_argument_gives_no_warning() -> None:
    assert (doubled(3), doubled(new=2), doubled()) == (6, 4, 2)


def test_old_and_new_argument_together_are_an_error() -> None:
    with pytest.raises(TypeError):
        doubled(old=3, new=4)  # type: ignore[call-arg]


def test_a_function_with_an_old_argument_keeps_its_signature_and_type_hints() -> None:
    assert list(inspect.signature(doubled).parameters) == ["new", "other"]
    assert typing.get_type_hints(doubled)["new"] is int
