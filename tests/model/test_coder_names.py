"""New names of coders in queries, matrices and claims of a copy of a study."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sibtui.model.coder_names import CoderNames
from sibtui.model.referring_texts import QueryText
from sibtui.model.study_items import items_of

from .study_copies import STUDY


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("coder ben or coder Cem", 'coder "Eva, L" or coder Cem'),
        ("coder Cem", "coder Cem"),  # nobody has this name
        ("case Ben", "case Ben"),
        ("coder (", "coder ("),  # written by another program
    ],
)
def test_only_names_of_known_coders_change(old: str, new: str) -> None:
    names = CoderNames(items_of(STUDY), {"Ben": "Eva, L"})
    assert names.applied_to("query", "q9", ("q", QueryText(old))) == ("q9", ("q", QueryText(new)))


def test_places_of_other_names_follow_a_longer_name() -> None:
    names = CoderNames(items_of(STUDY), {"Ben": "Eva Lo"})
    old = QueryText("case B and coder Ben and code Trust", ((5, ("case", "cb")), (30, ("code", "t1"))))
    _, (_, new) = names.applied_to("query", "q9", ("q", old))
    assert new.refs == ((5, ("case", "cb")), (new.words.index("Trust"), ("code", "t1")))


def test_two_coders_with_one_new_name_are_one_column() -> None:
    table = replace(STUDY.matrices[0], columns="coders", only=("Ana", "Ben"), coders=("Ben", "Ana"))
    items = items_of(replace(STUDY, matrices=(table, *STUDY.matrices[1:])))
    _, fields = CoderNames(items, {"Ben": "Ana"}).applied_to("matrix", table.uid, items.kinds["matrix"][table.uid])
    assert (fields[3], fields[-1]) == ((("", "Ana"),), ("Ana",))
