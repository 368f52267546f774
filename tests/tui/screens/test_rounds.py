"""Rounds of coding on the screen: what a blind round hides, and where its state is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from sibtui.project import Project


def status(pilot) -> str:
    return pilot.app.screen.query_one("#status", TextLines).text


async def test_a_blind_round_is_started_and_ended_in_the_box_of_the_study(coded: Project, run, press):
    study = coded
    async with run(study) as pilot:
        screen = pilot.app.screen
        screen.open_at("a1")
        before = len(screen.workspace.spans)
        assert before
        await press(pilot, "ctrl+s", "r", "b", write="second pass")
        await press(pilot, "enter", "enter")
        assert "Round 2 of R1 is open: all other codings are hidden until it ends" in status(pilot)
        assert study.rounds.current.blind
        assert len(screen.workspace.spans) == 0
        assert {code.codings for code in screen.workspace.codebook.codes} == {0}
        await press(pilot, "down")
        assert "R1, blind round 2" in status(pilot)
        await press(pilot, "ctrl+s", "r")
        assert "has ended: all codings are visible" in status(pilot)
        assert len(screen.workspace.spans) == before
        await press(pilot, "u")
        assert study.rounds.current is not None
        assert len(screen.workspace.spans) == 0


@pytest.mark.slow
async def test_the_palette_starts_and_ends_a_round(study: Project, run, press):
    async with run(study) as pilot:
        await press(pilot, "colon", write="start a round")
        await press(pilot, "enter", "o", write="second")
        await press(pilot, "enter", "escape")
        assert study.rounds.current is None
        await press(pilot, "colon", write="start a round")
        await press(pilot, "enter", "o", write="second")
        await press(pilot, "enter", "enter")
        assert (study.rounds.current.name, study.rounds.current.blind) == ("second", False)
        await press(pilot, "colon", write="start a round")
        await press(pilot, "enter")
        assert "The round “second” is open" in status(pilot)
        await press(pilot, "colon", write="end the round")
        await press(pilot, "enter")
        assert study.rounds.current is None
        await press(pilot, "colon", write="end the round")
        await press(pilot, "enter")
        assert "R1 has no open round" in status(pilot)


async def test_the_sentence_on_agreement_is_set_in_the_box_of_the_study(study: Project, run, press):
    async with run(study) as pilot:
        await press(pilot, "ctrl+s", "a", write="not reported")
        await press(pilot, "enter")
        assert study.study.agreement == "not reported"
        assert "Sentence on agreement saved" in status(pilot)


async def test_a_round_is_for_the_sources_that_are_marked(coded: Project, run, press):
    async with run(coded) as pilot:
        await press(pilot, "ctrl+s", "r", "o", write="check")
        await press(pilot, "enter", "space", "enter")
        first = coded.sources.names()[0]
        assert coded.rounds.current.sources == (first,)
        assert "Round 2 of R1 is open in 1 source" in status(pilot)
