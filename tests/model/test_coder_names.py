"""New names of coders in queries, matrices and claims of a copy of a study."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sibtui.model.claims.claim import Claim, facts_text
from sibtui.model.coder_names import CoderNames, united
from sibtui.model.differences import joined
from sibtui.model.referring_texts import ClaimText, QueryText, SummaryText
from sibtui.model.study_items import CLAIM_FACTS, ItemFields, StudyItems, items_of
from sibtui.model.summaries import links_in

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


@pytest.mark.parametrize(
    ("kind", "one", "other", "result"),
    [
        ("matrix note", "Late.", "Early.", "Late. Early."),
        ("matrix note", "Late.", "Late.", "Late."),
        ("reading", "2020-05-14", "2020-05-15", "2020-05-15"),
        ("reading", "2020-05-15", "2020-05-14", "2020-05-15"),
        ("round", "first", "second", "first"),
        ("judgement", ("absent", "", "Ben", "2020-05-15"), ("present", "", "Ben", "2020-05-14"), ("absent", "", "Ben", "2020-05-15")),
    ],
)  # fmt: skip
def test_two_items_with_one_key_become_one(kind: str, one: object, other: object, result: object) -> None:
    assert united(kind, (one,), (other,)) == (result,)


def test_summaries_with_one_key_are_joined_with_their_links_the_older_first() -> None:
    older = SummaryText("See [1].", "2020-05-14", None, (("coding", "k1"),))
    newer = SummaryText("See [2].", "2020-05-15", None, (("coding", "k2"),))
    for pair in ((older, newer), (newer, older)):
        [found] = united("summary", pair[:1], pair[1:])
        assert (found.text, found.at, found.links) == (
            "See [1].\n\nSee [2].",
            "2020-05-15",
            (*older.links, *newer.links),
        )
    assert united("code summary", (older,), (replace(older, at="2020-05-16"),))[0].text == older.text


def test_a_link_without_a_reference_does_not_take_the_reference_of_the_text_below() -> None:
    older = SummaryText('See ["a1" 0:5] and [b1 0:3].', "2020-05-14", None, ())
    newer = SummaryText("And [c1 0:4].", "2020-05-15", None, (("source", "k1"),))
    for found in (united("summary", (older,), (newer,))[0], joined(older, newer)):
        assert found.links == (*(None,) * len([*links_in(older.text)]), ("source", "k1"))
        assert found.lasting.startswith(older.text)
