"""Control characters in names and texts. No screen and no dialog passes them to the terminal."""

from __future__ import annotations

import re
from shutil import copy
from typing import TYPE_CHECKING

import pytest

from sibtui.model.drafts import CodeDraft, CodingDraft, MemoDraft, SourceDraft
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.project import Project

if TYPE_CHECKING:
    from pathlib import Path

EVIL = "[red]a[/] \x1b[31mESC \x9b2J \u202eRLO\u2066 \x07 👩\u200d👧 漢字 مرحبا e\u0301 [@click=app.quit]x"
"""Control characters that a name can contain. A name is a single line."""
TEXT = f"# {EVIL}\n\n{EVIL}.\tTab \x00 nul \u2028 end \x85 of. And [/b] more.\nLast [bold]one[/bold].\n"
OBEYED = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
"""Characters that a terminal obeys, or that change the direction of text."""

PLACES = {
    "the note": "", "the panes": "tab down", "the codes to choose from": "enter", "the codes filtered": "enter [ r e d",
    "a case to choose": "equals_sign", "a memo on the coding": "m", "a memo on the source": "ctrl+n", "a search": "slash r e d",
    "the help": "question_mark", "the palette": "ctrl+p", "what was copied": "c", "a code in vivo": "G i",
    "the codebook": "f2 down", "a code's name": "f2 down r", "its definition": "f2 down D", "its merger": "f2 down M",
    "its split": "f2 down s", "a split named": "f2 down s space enter x", "codes alike": "f2 S wait", "its quotes": "f2 down tab",
    "a key to give": "f2 down K", "a code taken": "f2 down x", "a code removed": "f2 down d",
    "the matrix": "f3", "a judgement": "f3 J", "the tables": "f3 o", "other columns": "f3 c", "an export": "f3 E", "a name to save": "f3 w",
    "a table of a theme": "f3 n enter", "a cell's quotes": "f3 enter",
    "the quotes": "f4", "other codes for quotes": "f4 c", "a case for quotes": "f4 equals_sign", "a filter": "f4 f",
    "the search": "f5 r e d wait", "a place found": "f5 r e d wait down", "the queue": "f6", "a case told": "f6 a",
    "the history": "f7", "an older act": "f7 down down", "the overview": "f8 wait", "a source there": "f8 wait end", "a memo there": "f8 wait end up",
}  # fmt: skip


@pytest.fixture(scope="session")
def evil_file(tmp_path_factory: pytest.TempPathFactory):
    """Return a study in which every name and text has such characters."""
    with Project.create(tmp_path_factory.mktemp("evil") / "evil.sibtui", name=EVIL, coder="R1") as project:
        for case in ("A", "B"):
            project.cases.add(f"{case} {EVIL}")
        cases = tuple(case.label for case in project.cases.list())
        project.sources.add([SourceDraft(f"s {EVIL}", TEXT, f"t {EVIL}", cases=cases, attributes={"place": EVIL})])
        project.codes.import_(
            [
                CodeDraft(f"T {EVIL.replace('/', '|')}", EVIL, colour="orange"),
                CodeDraft(f"T {EVIL.replace('/', '|')}/C {EVIL.replace('/', '|')}", EVIL),
            ]
        )
        theme, code = [code.path for code in project.codes.list()]
        source = next(iter(project.sources.list())).name
        project.codings.add(CodingDraft(source, code, quote="# [red]a", memo=EVIL))
        project.codings.add(
            CodingDraft(source, code, quote="And [/b] more.", memo=EVIL, cases=cases[:1], stance="counters")
        )
        for on, of in (("project", ""), ("source", source), ("code", theme), ("case", cases[0])):
            project.memos.add(MemoDraft(on, of, EVIL, TEXT))
        project.matrices.define(MatrixDefinition("evil", EVIL, (RowDefinition(EVIL, (code,), note=EVIL),)))
        return project.path


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_no_screen_draws_a_control_character(evil_file: Path, tmp_path: Path, run, follow, size):
    wrong, plain = {}, set()
    for place, keys in PLACES.items():
        with Project.open(copy(evil_file, tmp_path), coder="R1") as evil:
            async with run(evil, size=size) as pilot:
                await follow(pilot, f"right_square_bracket {keys}")
                strips = pilot.app.screen._compositor.render_strips()
        rows = ["".join(piece.text for piece in strip) for strip in strips]
        metas = [str(piece.style.meta) for strip in strips for piece in strip if piece.style]
        found = [row for row in rows if OBEYED.search(row)] + [meta for meta in metas if "quit" in meta]
        if found:
            wrong[place] = found
        if any("[red]" in row for row in rows):
            plain.add(place)
    assert wrong == {}
    assert set(PLACES) - plain <= {"the help", "the palette"}  # these screens show none of its names
