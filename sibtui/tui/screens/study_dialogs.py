"""The dialogs about the whole study, such as its name, its language and the coder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sibtui.errors import InputError
from sibtui.model.languages import language_code
from sibtui.model.text import one_line
from sibtui.tui.screens.attribute_dialogs import complete_value
from sibtui.tui.screens.line_dialogs import ask_line
from sibtui.tui.screens.round_dialogs import end_round, start_round
from sibtui.tui.widgets.letter_menu import ask_letter
from sibtui.workspace.round_words import round_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from sibtui.tui.screens.base import StudyScreen


def choose_setting(screen: StudyScreen) -> None:
    """Ask for a property of the study, and then for its new value. The menu shows the current values."""
    study, current = screen.project.study, screen.project.rounds.current
    choices = {
        "c": f"Who is coding: {one_line(screen.project.coder, 40)}",
        "n": f"Name: {one_line(study.name, 60)}",
        "d": f"Description: {one_line(study.description, 50) or 'none'}",
        "l": f"Language: {study.language or 'guessed for each text'}",
        "f": f"Number of the first table note: {study.first_note}",
        "a": f"On agreement between coders: {one_line(study.agreement, 40) or 'no sentence'}",
        "r": f"Round: {round_line(current)}",
    }
    asks: dict[str, Callable[[StudyScreen], None]] = {
        "c": ask_coder, "n": ask_name, "d": edit_description, "l": ask_language, "f": ask_first_note,
        "a": ask_agreement,
        "r": start_round if current is None else end_round,
    }  # fmt: skip
    ask_letter(screen.app, "The study", choices, lambda letter: asks[letter](screen))


def ask_coder(screen: StudyScreen) -> None:
    """Ask for the name of the person who is coding now. The next time the study opens, this name is used again."""
    project, state = screen.project, screen.study_app.study_state
    known = [coder.name for coder in project.coders]

    def save(typed: str) -> None:
        state.coder = project.set_coder(typed)
        screen.reload()
        screen.report(f"{one_line(state.coder)} is coding now.", done=True)

    there = f"In this study: {', '.join(known)}." if known else ""
    ask_line(
        screen,
        "Who is coding?",
        project.coder,
        lambda typed: f"New codings, memos and readings carry this name. {there}" if typed.strip() else None,
        save,
        complete=lambda typed: complete_value(typed, known),
    )


def ask_name(screen: StudyScreen) -> None:
    ask_line(
        screen,
        "Name of the study",
        screen.project.study.name,
        lambda typed: "The file keeps its name." if typed.strip() else None,
        lambda typed: _set(screen, "Name of the study saved.", name=typed.strip()),
    )


def edit_description(screen: StudyScreen) -> None:
    text = screen.project.study.description
    screen.edit_text(
        "Description of the study", "", text, lambda edited: _set(screen, "Description saved.", description=edited)
    )


def ask_language(screen: StudyScreen) -> None:
    def explain(typed: str) -> str:
        spoken = language_code(typed.strip()) if typed.strip() else ""
        return (
            f"Texts are in {spoken}, unless a source has a language of its own." if spoken else "Guessed for each text."
        )

    ask_line(
        screen,
        "Language of the texts, such as de",
        screen.project.study.language,
        explain,
        lambda typed: _set(screen, "Language of the study saved.", language=typed.strip()),
    )


def ask_agreement(screen: StudyScreen) -> None:
    """Ask for a sentence about the agreement between coders. The methods report shows this sentence."""
    ask_line(
        screen,
        "On agreement, such as: not reported, reflexive analysis",
        screen.project.study.agreement,
        lambda typed: "This sentence is in the figures of the method." if typed.strip() else "No sentence.",
        lambda typed: _set(screen, "Sentence on agreement saved.", agreement=typed),
    )


def ask_first_note(screen: StudyScreen) -> None:
    """Ask for the number of the first footnote below the tables. Later footnotes get the numbers that follow."""

    def explain(typed: str) -> str:
        if not typed.strip().isdecimal():
            raise InputError("Write a whole number.")
        return "The notes below the tables are numbered from here on."

    ask_line(
        screen,
        "Number of the first table note",
        str(screen.project.study.first_note),
        explain,
        lambda typed: _set(screen, "Number of the first note saved.", first_note=int(typed)),
    )


def _set(screen: StudyScreen, message: str, **facts: Any) -> None:
    def action() -> str:
        screen.project.set_study(**facts)
        screen.reload()
        return message

    screen.attempt(action)
