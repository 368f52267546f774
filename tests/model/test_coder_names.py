"""New names of coders in queries, matrices and claims of a copy of a study."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sibtui.model.claims.claim import Claim, facts_text
from sibtui.model.coder_names import CoderNames
from sibtui.model.referring_texts import ClaimText, QueryText
from sibtui.model.study_items import CLAIM_FACTS, ItemFields, StudyItems, items_of

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


def claim_about(columns: str, statement: str) -> tuple[StudyItems, ItemFields]:
    """Return a study with a claim about a row of its first matrix, and the fields of this claim.

    `columns` is the kind of the columns of this matrix.
    """
    matrix = replace(STUDY.matrices[0], columns=columns, only=())  # type: ignore[arg-type] # a kind of columns
    words = facts_text(Claim("c", "", rows=[(matrix.name, "Trust")], statement=statement))
    items = items_of(replace(STUDY, matrices=(matrix, *STUDY.matrices[1:])))
    [fields] = items.kinds["claim"].values()
    facts = ClaimText(words, (("matrix", matrix.name, matrix.uid),))
    return items, (*fields[:CLAIM_FACTS], facts, *fields[CLAIM_FACTS + 1 :])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('in "Ben, Ana"', 'in "Eva, L" and "Ana"'),
        ('in "Ana"', 'in "Ana"'),
        ("in 2", "in 2"),
        ('in "', 'in "'),  # written by another program
    ],
)
def test_a_claim_about_columns_of_coders_gets_their_new_names(old: str, new: str) -> None:
    items, fields = claim_about("coders", old)
    _, changed = CoderNames(items, {"Ben": "Eva, L"}).applied_to("claim", "cl1", fields)
    assert changed[CLAIM_FACTS].claim.statement == new


def test_two_coders_with_one_new_name_are_named_once_in_a_claim() -> None:
    items, fields = claim_about("coders", 'in "Ben, Ana"')
    _, changed = CoderNames(items, {"Ben": "Ana"}).applied_to("claim", "cl1", fields)
    assert changed[CLAIM_FACTS].claim.statement == 'in "Ana"'


def test_a_claim_about_other_columns_keeps_its_names() -> None:
    items, fields = claim_about("cases", 'in "Ben"')
    assert CoderNames(items, {"Ben": "Eva"}).applied_to("claim", "cl1", fields) == ("cl1", fields)


def test_without_new_names_nothing_changes() -> None:
    assert CoderNames(items_of(STUDY), {}).applied_to("query", "q", ("q", "?")) == ("q", ("q", "?"))
