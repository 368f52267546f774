"""The box of proposed codes on the codebook screen: clusters with each coder's definition, merging and rejecting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.model.drafts import CodeDraft
from sibtui.tui.screens.codebook.screen import CodebookScreen
from sibtui.tui.widgets.prompt import Prompt
from sibtui.tui.widgets.proposal_box import ProposalBox
from sibtui.tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from sibtui.project import Project

LIST_1 = [CodeDraft("Peers/Peer roles", "People who were helped help others."), CodeDraft("Sums", "Budgets.")]
LIST_2 = [CodeDraft("Peers/Roles of peers", "Helping other people after help."), CodeDraft("sums", "Money to spend.")]


@pytest.fixture
def proposed(coded: Project) -> Project:
    """A study in which R1 and R2 have proposed two codes each."""
    coded.proposals.import_(LIST_1, coder="R1")
    coded.proposals.import_(LIST_2, coder="R2")
    return coded


def rows(pilot) -> list[tuple[str | None, str]]:
    return [(row.key, f"{row.mark}{row.text}") for row in pilot.app.screen.list.rows]


def details(pilot) -> str:
    return pilot.app.screen.query_one(TextLines).text


async def test_clusters_are_listed_with_the_definition_of_each_coder(proposed: Project, run, press):
    async with run(proposed) as pilot:
        await press(pilot, "f2", "P")
        assert rows(pilot) == [
            ("c0", "Peers / Peer roles"),
            ("p1", "R1  People who were helped help others."),
            ("p3", "R2  Peers / Roles of peers: Helping other people after help."),
            ("c1", "Sums"),
            ("p2", "R1  Budgets."),
            ("p4", "R2  sums: Money to spend."),
        ]
        assert "R1: Peers / Peer roles" in details(pilot)
        assert "Helping other people after help." in details(pilot)
        await press(pilot, "down")
        assert "Helping other people after help." not in details(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, CodebookScreen)
        assert len(proposed.proposals.list(state="open")) == 4


async def test_a_cluster_is_merged_into_one_code_and_undone(proposed: Project, run, press):
    async with run(proposed) as pilot:
        await press(pilot, "f2", "P", "m")
        assert [p.code for p in proposed.proposals.list(state="merged")] == ["Peers/Peer roles"] * 2
        assert [key for key, _ in rows(pilot)] == ["c0", "p2", "p4"]
        await press(pilot, "escape")
        assert pilot.app.screen.rows.key == "Peers/Peer roles"
        assert "proposed by R2" in pilot.app.screen.query_one("#fields", TextLines).text
        await press(pilot, "u")
        assert len(proposed.proposals.list(state="open")) == 4
        assert "Peers/Peer roles" not in [code.path for code in proposed.codes.list()]


async def test_one_proposal_is_merged_under_another_name(proposed: Project, run, press):
    async with run(proposed) as pilot:
        await press(pilot, "f2", "P", "down", "down", "n")
        assert isinstance(pilot.app.screen, Prompt)
        await press(pilot, "ctrl+u", write="Peers/Giving back")
        await press(pilot, "enter")
        assert proposed.proposals.get(3).code == "Peers/Giving back"
        assert proposed.proposals.get(1).state == "open"
        assert isinstance(pilot.app.screen, ProposalBox)


async def test_a_cancelled_name_leads_back_to_the_row(proposed: Project, run, press):
    async with run(proposed) as pilot:
        await press(pilot, "f2", "P", "down", "down", "down", "n", "escape")
        assert pilot.app.screen.list.key == "c1"
        assert len(proposed.proposals.list(state="open")) == 4


async def test_a_proposal_is_rejected_with_a_reason(proposed: Project, run, press):
    async with run(proposed) as pilot:
        await press(pilot, "f2", "P", "down", "r", "enter")
        assert isinstance(pilot.app.screen, Prompt)  # a reason is needed
        await press(pilot, write="Too broad.")
        await press(pilot, "enter")
        assert [(p.id, p.reason) for p in proposed.proposals.list(state="rejected")] == [(1, "Too broad.")]
        assert isinstance(pilot.app.screen, ProposalBox)


async def test_the_box_closes_after_the_last_decision(proposed: Project, run, press):
    async with run(proposed) as pilot:
        await press(pilot, "f2", "P", "m", "m")
        assert isinstance(pilot.app.screen, CodebookScreen)
        assert proposed.proposals.list(state="open") == []


async def test_without_proposals_a_message_names_the_command_that_adds_them(coded: Project, run, press):
    async with run(coded) as pilot:
        await press(pilot, "f2", "P")
        assert "No code is proposed" in pilot.app.screen.query_one("#status-bar", TextLines).text
