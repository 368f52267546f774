from __future__ import annotations

import pytest

from sibtui.errors import NotFoundError
from sibtui.model.names import resolve_name

LABELS = ["SIB A", "SIB B", "sib b", "Programme"]


def test_a_name_is_taken_as_it_stands_before_letter_case_is_left_aside() -> None:
    assert resolve_name("case", "sib b", LABELS) == "sib b"
    assert resolve_name("case", "sib a", LABELS) == "SIB A"
    assert resolve_name("case", " SIB A\n", LABELS) == "SIB A"


def test_a_name_in_another_letter_case_that_fits_two_is_none() -> None:
    with pytest.raises(NotFoundError, match="No case is named “Sib B”; did you mean"):
        resolve_name("case", "Sib B", LABELS)


def test_a_misspelt_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(NotFoundError, match=r"No case is named “Program”; did you mean “Programme”\?$"):
        resolve_name("case", "Program", LABELS)


def test_a_name_like_no_other_is_answered_with_those_that_there_are() -> None:
    with pytest.raises(NotFoundError, match=r"No matrix is named “zzz”: there are “Programme” and “SIB A”\.$"):
        resolve_name("matrix", "zzz", ["SIB A", "Programme"])
    with pytest.raises(NotFoundError, match=r"No matrix is named “zzz”: there are none yet\.$"):
        resolve_name("matrix", "zzz", [])


def test_the_nearest_names_are_told_whatever_holds_them() -> None:
    """Names often come as the keys of a mapping, which a fuzzy search would take for its values."""
    with pytest.raises(NotFoundError, match="did you mean “table-1”"):
        resolve_name("matrix", "table-9", {"table-1": 1})
