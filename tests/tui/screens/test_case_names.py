"""Typed names of cases.

They are completed from the cases of the study. A name that begins an existing one is confirmed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.tui.widgets.prompt import Prompt
from sibtui.tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.project import Project


def labels(study: Project) -> list[str]:
    return [case.label for case in study.cases.list()]


async def test_names_typed_for_a_source_are_completed_from_the_cases_of_the_study(study: Project, run, press):
    study.cases.add("East School")
    async with run(study) as pilot:
        await press(pilot, "at", write="; Ea")
        assert pilot.app.screen.query_one(TextLines).text.startswith(
            "“Ea” would be a new case. East School? Tab completes it."
        )
        await press(pilot, "tab", "enter")
    assert study.sources.get("a1").cases == ("SIB A", "East School")
    assert labels(study) == ["SIB A", "SIB B", "East School"]


async def test_a_new_name_that_is_the_beginning_of_a_case_needs_a_second_enter(study: Project, run, press):
    study.cases.add("East School")
    async with run(study) as pilot:
        await press(pilot, "at", write="; Ea")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Prompt)
        assert "Ea" not in labels(study)
        await press(pilot, "enter")
    assert study.sources.get("a1").cases == ("SIB A", "Ea")


@pytest.mark.slow
async def test_cases_typed_for_an_import_are_completed_and_spelt_as_in_the_study(
    study: Project, run, press, tmp_path: Path
):
    study.cases.add("East School")
    note = tmp_path / "new.txt"
    note.write_text("A note.")
    async with run(study) as pilot:
        await press(pilot, "plus", write=str(note))
        await press(pilot, "enter")
        await pilot.at_rest()
        await press(pilot, "c", write="Ea")
        await press(pilot, "tab")
        await press(pilot, write="; sib b")
        await press(pilot, "enter", "enter")
        await pilot.at_rest()
    assert study.sources.get("new").cases == ("SIB B", "East School")
    assert labels(study) == ["SIB A", "SIB B", "East School"]
