from __future__ import annotations

import pytest

from sibtui.errors import AmbiguousError, ConflictError, NotFoundError
from sibtui.model.names import refuse_name_in_use, resolve_name

LABELS = ["SIB A", "SIB B", "sib b", "Programme"]


def test_an_exact_name_is_preferred_to_another_letter_case() -> None:
    assert resolve_name("case", "sib b", LABELS) == "sib b"
    assert resolve_name("case", "sib a", LABELS) == "SIB A"
    assert resolve_name("case", " SIB A\n", LABELS) == "SIB A"


def test_a_name_identical_to_two_is_ambiguous() -> None:
    with pytest.raises(AmbiguousError, match="fits several names: “SIB B” and “sib b”"):
        resolve_name("case", "Sib B", LABELS)


def test_a_misspelt_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(NotFoundError, match=r"No case is named “Program”; did you mean “Programme”\?$"):
        resolve_name("case", "Program", LABELS)


def test_a_dissimilar_name_is_refused_with_the_existing_ones() -> None:
    with pytest.raises(NotFoundError, match=r"No matrix is named “zzz”: there are “Programme” and “SIB A”\.$"):
        resolve_name("matrix", "zzz", ["SIB A", "Programme"])
    with pytest.raises(NotFoundError, match=r"No matrix is named “zzz”: there are none yet\.$"):
        resolve_name("matrix", "zzz", [])


def test_the_nearest_names_are_listed_from_a_mapping() -> None:
    """The names are often the keys of a mapping; a fuzzy search would use its values."""
    with pytest.raises(NotFoundError, match="did you mean “table-1”"):
        resolve_name("matrix", "table-9", {"table-1": 1})


def test_a_new_name_identical_to_another_is_refused() -> None:
    refuse_name_in_use("case", "SIB C", LABELS)
    with pytest.raises(ConflictError, match=r"^There is already a case “Programme”\.$"):
        refuse_name_in_use("case", "programme", LABELS)
    with pytest.raises(ConflictError, match=r"^There is already an attribute “Programme”\.$"):
        refuse_name_in_use("attribute", "programme", LABELS)
