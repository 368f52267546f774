"""docs/formats.md lists exactly the formats and commands that exist."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from sibtui.cli.root import cli
from sibtui.formats.registry import (
    DOCUMENT_FORMATS,
    READERS,
    SUFFIXES,
)
from sibtui.project.importing.other_programs import KINDS

FORMATS = (Path(__file__).parent.parent / "docs" / "formats.md").read_text(encoding="utf-8")
NOTES, PROJECTS, CODEBOOKS, OUT = (FORMATS.split("\n## ")[at] for at in (1, 2, 3, 4))


def row(part: str, begins: str) -> str:
    return next(line for line in part.splitlines() if line.startswith(f"| {begins}"))


def test_the_table_of_notes_lists_exactly_the_extensions_read() -> None:
    first_cells = [line.split("|")[1] for line in NOTES.splitlines() if line.startswith("| .")]
    assert sorted(re.findall(r"\.\w+", " ".join(first_cells))) == sorted(READERS)


@pytest.mark.parametrize("suffix", KINDS)
def test_the_table_of_projects_lists_every_kind_read(suffix: str) -> None:
    assert row(PROJECTS, suffix)


def test_the_tables_of_exports_list_every_format() -> None:
    matrices = " ".join(line for line in OUT.splitlines() if line.startswith("| matrices"))
    assert set(SUFFIXES) <= set(re.findall(r"\.\w+", matrices))
    documents = {suffix for suffix, form in SUFFIXES.items() if form in DOCUMENT_FORMATS}
    for begins, suffixes in (
        ("evidence .html", documents),
        ("codebook .html", documents),
        ("reports", SUFFIXES.keys() - {".tex"}),
    ):
        assert suffixes <= set(re.findall(r"\.\w+", row(OUT, begins)))


@pytest.mark.parametrize("words", sorted(set(re.findall(r"`sibtui ([a-z]+(?: [a-z]+(?:-[a-z]+)?)?)", FORMATS))))
def test_every_command_named_exists(words: str) -> None:
    command: click.Command | None = cli
    for word in words.split():
        if isinstance(command, click.Group):
            command = command.get_command(click.Context(command), word)
            assert command is not None, words


def test_the_usual_names_of_columns_are_those_of_the_reader() -> None:
    from sibtui.formats.other_programs.coding_columns import USUAL_NAMES

    section = FORMATS.partition("### Tables of codings")[2].partition("\n## ")[0]
    listed = [set(re.findall(r"`([^`]+)`", row.split("|")[2])) for row in section.splitlines() if row.startswith("| ")]
    assert [role for role, names in USUAL_NAMES.items() if set(names) not in listed] == []
