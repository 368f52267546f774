"""Clusters of proposed codes: every proposal is in one cluster, and all proposals of a cluster are similar."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.codebook import path_key
from sibtui.model.proposals import ProposalCluster, agreed_path, agreements, cluster, clusters_table, proposals_table
from sibtui.model.records import CodeProposal

if TYPE_CHECKING:
    from collections.abc import Sequence

HELP, HELPED, MONEY = (
    "People who were helped help others.",
    "Helping other people after help.",
    "Budgets for each person.",
)
NOW = "2026-11-29T10:00:00Z"


def proposal(number: int, path: str, definition: str = "", coder: str = "R1") -> CodeProposal:
    return CodeProposal(number, path, definition, coder, NOW)


def numbers(clusters: Sequence[ProposalCluster]) -> list[list[int]]:
    return [[each.id for each in one.proposals] for one in clusters]


proposals = st.lists(
    st.builds(
        lambda path, definition, coder: (path, definition, coder),
        st.sampled_from(
            ["Peers", "Peer", "peers", "Wider/Peers", "Peers/Peers", "Money", "Moneys", "Own\\/money", "🙂", "☺"]
        ),
        st.sampled_from(["", HELP, HELPED, MONEY, "Budgets that help people.", "a b"]),
        st.sampled_from(["R1", "R2", "R3"]),
    ),
    max_size=8,
).map(lambda rows: [proposal(at, *row) for at, row in enumerate(rows, 1)])


@given(proposals, st.booleans())
def test_every_proposal_is_in_exactly_one_cluster(given_proposals: list[CodeProposal], similar: bool) -> None:
    clusters = cluster(given_proposals, similar=similar)
    assert sorted(number for one in numbers(clusters) for number in one) == [each.id for each in given_proposals]
    firsts = [min(one) for one in numbers(clusters)]
    assert firsts == sorted(firsts)


@given(proposals, st.booleans())
@example([proposal(1, "Peers"), proposal(2, "peers")], False)
def test_proposals_of_one_path_are_together(given_proposals: list[CodeProposal], similar: bool) -> None:
    where = {each.id: at for at, one in enumerate(cluster(given_proposals, similar=similar)) for each in one.proposals}
    for one in given_proposals:
        for two in given_proposals:
            if path_key(one.path) == path_key(two.path):
                assert where[one.id] == where[two.id]


@given(proposals)
@example([proposal(1, "Peers"), proposal(2, "Peer"), proposal(3, "Money", HELP), proposal(4, "Own", HELP)])
@example([proposal(1, "Peers"), proposal(2, "Peers/Peers")])
@example([proposal(1, "🙂"), proposal(2, "☺")])
def test_any_two_paths_of_a_cluster_are_a_cluster_of_their_own(given_proposals: list[CodeProposal]) -> None:
    for one in cluster(given_proposals):
        paths = {path_key(each.path) for each in one.proposals}
        for first in paths:
            for second in paths - {first}:
                pair = [each for each in one.proposals if path_key(each.path) in (first, second)]
                assert len(cluster(pair)) == 1
                assert first != second[: len(first)]


@given(proposals, st.permutations(["R1", "R2", "R3"]))
def test_clusters_do_not_depend_on_the_coders(given_proposals: list[CodeProposal], names: list[str]) -> None:
    from dataclasses import replace

    others = dict(zip(["R1", "R2", "R3"], names, strict=True))
    changed = [replace(each, coder=others[each.coder]) for each in given_proposals]
    assert numbers(cluster(changed)) == numbers(cluster(given_proposals))


@given(proposals)
def test_lower_limits_never_separate_two_similar_proposals(given_proposals: list[CodeProposal]) -> None:
    if len({path_key(each.path) for each in given_proposals}) == 2:
        strict, loose = cluster(given_proposals), cluster(given_proposals, name_at_least=40, words_at_least=20)
        assert len(loose) <= len(strict)


def test_similar_names_are_together() -> None:
    rows = [proposal(1, "Wider system/Peer roles"), proposal(2, "Staff/Roles of peers"), proposal(3, "Rate card")]
    assert numbers(cluster(rows)) == [[1, 2], [3]]
    assert numbers(cluster(rows, similar=False)) == [[1], [2], [3]]


def test_definitions_with_most_words_in_common_are_together() -> None:
    rows = [proposal(1, "Peer roles", HELP), proposal(2, "Giving back", HELPED), proposal(3, "Personal budgets", MONEY)]
    assert numbers(cluster(rows)) == [[1, 2], [3]]
    assert numbers(cluster(rows, words_at_least=100)) == [[1], [2], [3]]


def test_a_code_and_its_own_subcode_are_apart() -> None:
    assert numbers(cluster([proposal(1, "Peers", HELP), proposal(2, "Peers/Peers", HELP)])) == [[1], [2]]
    assert numbers(cluster([proposal(1, "Peers/Peers", HELP), proposal(2, "Peers", HELP)])) == [[1], [2]]


def test_a_chain_of_similar_proposals_is_not_one_cluster() -> None:
    """A is similar to B and B to C, but A is not similar to C: the most similar two are together."""
    rows = [
        proposal(1, "One", "red green blue grey"),
        proposal(2, "Two", "green blue grey pink"),
        proposal(3, "Six", "grey pink cyan lime"),
    ]
    assert numbers(cluster(rows, words_at_least=50)) == [[1, 2], [3]]


def test_names_without_letters_are_not_similar() -> None:
    assert numbers(cluster([proposal(1, "🙂"), proposal(2, "☺")])) == [[1], [2]]


def test_the_code_of_a_cluster_is_the_path_of_most_proposals() -> None:
    rows = [proposal(1, "Peer role"), proposal(2, "peer roles", coder="R2"), proposal(3, "Peer roles", coder="R3")]
    assert [(one.code, one.exists) for one in cluster(rows)] == [("peer roles", False)]


def test_a_code_of_the_codebook_is_the_code_of_its_cluster() -> None:
    rows = [proposal(1, "Peer role"), proposal(2, "Peer role", coder="R2"), proposal(3, "peer Roles", coder="R3")]
    assert [(one.code, one.exists) for one in cluster(rows, ["Money", "Peer roles"])] == [("Peer roles", True)]


def test_the_only_code_with_the_name_of_a_proposal_is_the_code_of_its_cluster() -> None:
    rows = [proposal(1, "Peer roles"), proposal(2, "Peer roles", coder="R2")]
    assert agreed_path(rows, ["Money", "Wider system/peer roles"]) == ("Wider system/peer roles", True)
    assert agreed_path(rows, ["Staff/Peer roles", "Wider system/Peer roles"]) == ("Peer roles", False)
    assert agreed_path(rows, ["Staff/Peer roles", "Peer roles"]) == ("Peer roles", True)


def test_the_agreement_on_a_code_has_its_coders_and_the_first_decision() -> None:
    def merged(number: int, coder: str, decided: str) -> CodeProposal:
        return CodeProposal(number, "Peers", "", coder, NOW, "merged", "Peer roles", "", decided)

    rows = [
        merged(1, "R2", "2026-12-02"),
        merged(2, "R1", "2026-12-01"),
        merged(3, "R2", "2026-12-03"),
        proposal(4, "Money"),
    ]
    assert agreements(rows) == {"Peer roles": (("R2", "R1"), "2026-12-01")}


def test_a_code_that_is_only_proposed_has_the_coders_of_its_open_proposals() -> None:
    rows = [proposal(1, "Peers"), proposal(2, "peers", coder="R2"), proposal(3, "Money")]
    assert agreements(rows, ["Peers", "Hope"]) == {"Peers": (("R1", "R2"), "")}


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (2, 1, 0), (1, 2, 0)])
def test_an_open_proposal_does_not_change_the_time_of_the_first_decision(order: tuple[int, ...]) -> None:
    rows = [
        replace(proposal(1, "Peer"), state="merged", code="Peers", decided="2026-12-02"),
        proposal(2, "peers", coder="R2"),
        replace(proposal(3, "Peer work"), state="merged", code="Peers", decided="2026-12-01"),
    ]
    coders, decided = agreements([rows[at] for at in order], ["Peers"])["Peers"]
    assert (set(coders), decided) == ({"R1", "R2"}, "2026-12-01")


def test_the_table_has_a_column_for_each_coder() -> None:
    rows = [
        proposal(1, "Peer roles", HELP),
        proposal(2, "Roles of\npeer", coder="R3"),
        proposal(3, "Peer role", "Peers\nhelp.", "R3"),
        proposal(4, "Money", coder="R2"),
    ]
    table = clusters_table(cluster(rows, ["Money"]))
    assert table.columns == ("code", "R1", "R2", "R3")
    assert table.rows == (
        ("Peer roles", (f"1 Peer roles: {HELP}",), (), ("2 Roles of peer", "3 Peer role: Peers help.")),
        ("Money", (), ("4 Money",), ()),
    )
    assert table.below == ("In the codebook already: Money.",)
    assert table.objects[1] == {
        "code": "Money",
        "exists": True,
        "proposals": [{"number": 4, "path": "Money", "definition": "", "coder": "R2", "created": NOW}],
    }
    assert clusters_table(()).rows == ()


def test_the_list_has_a_row_for_each_proposal() -> None:
    merged = CodeProposal(7, "Peers", "Peers help.", "R2", NOW, "merged", "Peer roles", "One topic.", NOW)
    assert proposals_table([merged]).to_dicts() == [
        {
            "proposal": 7,
            "path": "Peers",
            "definition": "Peers help.",
            "coder": "R2",
            "proposed": NOW,
            "state": "merged",
            "code": "Peer roles",
            "reason": "One topic.",
            "decided": NOW,
        }
    ]
