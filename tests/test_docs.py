"""What docs/formats.md lists is what there is."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from sibtui.cli.root import cli
from sibtui.formats.registry import (
    CODEBOOK_DOCUMENTS,
    EVIDENCE_FORMATS,
    MATRIX_SUFFIXES,
    READERS,
    TABLE_DOCUMENTS,
)
from sibtui.project.foreign import KINDS

FORMATS = (Path(__file__).parent.parent / "docs" / "formats.md").read_text(encoding="utf-8")
NOTES, PROJECTS, CODEBOOKS, OUT = (FORMATS.split("\n## ")[at] for at in (1, 2, 3, 4))


def row(part: str, begins: str) -> str:
    return next(line for line in part.splitlines() if line.startswith(f"| {begins}"))


def test_the_table_of_notes_has_every_suffix_that_is_read_and_no_other() -> None:
    first_cells = [line.split("|")[1] for line in NOTES.splitlines() if line.startswith("| .")]
    assert sorted(re.findall(r"\.\w+", " ".join(first_cells))) == sorted(READERS)


@pytest.mark.parametrize("suffix", KINDS)
def test_the_table_of_projects_has_every_kind_that_is_read(suffix: str) -> None:
    assert row(PROJECTS, suffix)


def test_the_tables_of_what_goes_out_have_every_format() -> None:
    matrices = " ".join(line for line in OUT.splitlines() if line.startswith("| matrices"))
    assert set(MATRIX_SUFFIXES) <= set(re.findall(r"\.\w+", matrices))
    for begins, forms in (
        ("evidence .html", EVIDENCE_FORMATS),
        ("codebook .html", CODEBOOK_DOCUMENTS),
        ("reports", TABLE_DOCUMENTS),
    ):
        assert {f".{form}" for form in forms} <= set(re.findall(r"\.\w+", row(OUT, begins)))


@pytest.mark.parametrize("words", sorted(set(re.findall(r"`sibtui ([a-z]+(?: [a-z]+(?:-[a-z]+)?)?)", FORMATS))))
def test_every_command_that_is_named_is_there(words: str) -> None:
    command: click.Command | None = cli
    for word in words.split():
        if isinstance(command, click.Group):
            command = command.get_command(click.Context(command), word)
            assert command is not None, words
