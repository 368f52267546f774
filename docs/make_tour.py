"""Makes the tour of the README: one minute of the sample study as an animated SVG beside this file. It has no script and fetches nothing.

python docs/make_tour.py [FOLDER]
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.segment import Segment
    from rich.style import Style
    from textual.pilot import Pilot

SIZE = (112, 30)
SCENES = (
    # seconds, caption, keys pressed from the coding screen of note a1; words after T: are typed
    (3.0, "A note. A sentence is always selected: no mouse, no modes.", ""),
    (0.6, "} goes to the next paragraph.", "right_curly_bracket"),
    (0.6, "} goes to the next paragraph.", "right_curly_bracket"),
    (0.6, "} goes to the next paragraph.", "right_curly_bracket"),
    (1.4, "} goes to the next paragraph.", "right_curly_bracket"),
    (2.0, "↓ goes to the next sentence.", "down"),
    (2.0, "x adds a sentence to the selection.", "x"),
    (1.4, "X drops it again.", "X"),
    (1.6, "Enter lists the codes.", "enter"),
    (0.4, "Some letters of a name are enough.", "T:h"),
    (0.4, "Some letters of a name are enough.", "T:o"),
    (2.2, "Some letters of a name are enough.", "T:u"),
    (3.0, "Enter codes the passage. The margin shows the coding.", "enter"),
    (2.4, "~ makes it tentative. You code first, and qualify after.", "tilde"),
    (2.4, "- makes it counter-evidence. The table will show the doubt.", "minus"),
    (2.4, "Space applies the last code to the next passage.", "down space"),
    (2.4, "u undoes, without a limit and after a restart.", "u"),
    (2.6, "> goes to the next note.", "greater_than_sign"),
    (3.4, "F2: the codebook. Each code has its definition and its quotes.", "f2 down down"),
    (4.4, "F3: the table of the paper. Each mark is computed from the codings.", "f3"),
    (1.0, "A cell has its state, and the reason for it.", "down"),
    (1.0, "A cell has its state, and the reason for it.", "down"),
    (3.0, "A cell has its state, and the reason for it.", "right"),
    (3.6, "Enter lists the quotes behind the cell.", "enter"),
    (2.8, "Esc goes back by one step, everywhere.", "escape"),
    (2.6, "e edits the table: rows, columns, notes, marks, thresholds.", "e"),
    (1.6, "Beside the form, the table follows every change.", "down down"),
    (2.4, "Esc goes back by one step, everywhere.", "escape"),
    (3.6, "F8: an overview of the progress, and of the open work.", "f8"),
    (2.4, "ctrl+e exports: Word, Excel, LaTeX, Markdown, REFI-QDA, plain text.", "ctrl+e"),
    (3.0, "? lists the keys of each screen. That is all you need to remember.", "escape escape question_mark"),
)  # fmt: skip
CELL, ROW, BASE = 8.4, 18, 13
"""Width of a cell, height of a row, and distance of the letters from its top, in pixels."""
FONT = "DejaVu Sans Mono, Menlo, Consolas, monospace"
PAPER, INK, KEY = "#16181b", "#d6d8db", "#dfb45c"


class Run(NamedTuple):
    """Letters of one style in a row, from a cell on."""

    column: int
    cells: int
    text: str
    fill: str
    ground: str
    look: str


Row = tuple[Run, ...]
Times = tuple[tuple[float, float], ...]
"""From when until when something is shown, in seconds."""


async def record(study: Path) -> list[tuple[Row, ...]]:
    """Return the rows of the screen after each scene."""
    from sibtui.project import Project
    from sibtui.tui.app import SibtuiApp
    from sibtui.workspace.session_state import SessionState, StudyState

    with Project.open(study, coder="R1") as project:
        memory = SessionState(study.with_name("state.json"))
        memory.places[project.study.guid] = StudyState({"source": "a1"})
        app = SibtuiApp(project, memory=memory)
        async with app.run_test(size=SIZE) as pilot:
            return [await _after(pilot, keys) for _, _, keys in SCENES]


async def _after(pilot: Pilot[None], keys: str) -> tuple[Row, ...]:
    from textual.widgets import Input

    await pilot.pause()
    for key in keys.removeprefix("T:") if keys.startswith("T:") else keys.split():
        await pilot.press(key)
        await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    for field in pilot.app.screen.query(Input):
        field.cursor_blink = False  # a slow machine would record a cursor that is off
    await pilot.pause()
    strips = pilot.app.screen._compositor.render_strips()  # noqa: SLF001 - export_screenshot draws whole pictures only
    return tuple(tuple(_runs(strip)) for strip in strips)


def _runs(strip: Iterable[Segment]) -> Iterator[Run]:
    column = 0
    for piece in strip:
        cells = piece.cell_length
        if cells and piece.style is not None:
            yield _run(column, cells, piece.text, piece.style)
        column += cells


def _run(column: int, cells: int, text: str, style: Style) -> Run:
    fill = style.color.get_truecolor().hex if style.color is not None else INK
    ground = style.bgcolor.get_truecolor().hex if style.bgcolor is not None else PAPER
    if style.reverse:
        fill, ground = ground, fill
    look = f"{';font-weight:bold' if style.bold else ''}{';text-decoration:underline' if style.underline else ''}"
    return Run(column, cells, text, fill, ground, look)


def draw(frames: list[tuple[Row, ...]]) -> str:
    """Return the frames as an animated SVG. What stays the same over several frames is drawn once."""
    ends = [sum(seconds for seconds, _, _ in SCENES[: at + 1]) for at in range(len(SCENES))]
    starts, whole = [0.0, *ends[:-1]], ends[-1]
    width, height = SIZE[0] * CELL, (SIZE[1] + 2) * ROW
    parts: list[str] = []
    looks: dict[str, str] = {}
    captions: list[Row] = [
        (Run(1, len(caption), caption, KEY, PAPER, ";font-weight:bold"),) for _, caption, _ in SCENES
    ]
    columns = [*zip(*frames, strict=True), captions]
    for y, rows in zip([*range(SIZE[1]), SIZE[1] + 0.5], columns, strict=True):
        shown: dict[Run, Times] = {}
        for row, start, end in zip(rows, starts, ends, strict=True):
            for run in row:
                times = shown.get(run, ())
                began = times[-1][0] if times and times[-1][1] == start else start
                shown[run] = (*(times[:-1] if began != start else times), (began, end))
        together: dict[Times, list[Run]] = {}
        for run, times in shown.items():
            together.setdefault(times, []).append(run)
        for times, runs in together.items():
            if drawn := "".join(_drawn(runs, y * ROW, looks)):
                parts.append(f"<g>{_animation(times, whole)}{drawn}</g>")
    styles = "".join(f".{name}{{{look}}}" for look, name in looks.items())
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height}" font-family="{FONT}" font-size="14">',
        f"<title>A tour of sibtui</title><style>text{{white-space:pre}}{styles}</style>",
        f'<rect width="100%" height="100%" rx="6" fill="{PAPER}"/>',
    ]
    return "\n".join([*head, *parts, "</svg>\n"])


def _animation(times: Times, whole: float) -> str:
    """Return the animation that shows parts of a row at these times; nothing for parts that are always there."""
    if times == ((0.0, whole),):
        return ""
    steps = {0.0: "none"}
    for start, end in times:
        steps |= {start: "inline", end: "none"}
    steps.pop(whole, None)
    keys = ";".join(f"{at / whole:.4g}" for at in steps)
    values = ";".join(steps.values())
    return (
        f'<animate attributeName="display" dur="{whole:g}s" repeatCount="indefinite" calcMode="discrete" '
        f'keyTimes="{keys}" values="{values}"/>'
    )


def _drawn(row: Iterable[Run], y: float, looks: dict[str, str]) -> Iterator[str]:
    """Yield the grounds and the letters of parts of a row. `looks` collects the style sheet: its declarations, and the class of each."""
    for run in row:
        if run.ground != PAPER:
            x, width = run.column * CELL, run.cells * CELL
            yield f'<rect x="{x:g}" y="{y:g}" width="{width:.4g}" height="{ROW}" fill="{run.ground}"/>'
    for run in row:
        words = run.text.strip(" ")
        if words and run.cells == len(run.text):
            x = (run.column + len(run.text) - len(run.text.lstrip(" "))) * CELL
            look = looks.setdefault(f"fill:{run.fill}{run.look}", f"s{len(looks)}")
            length = len(words) * CELL
            yield f'<text x="{x:.4g}" y="{y + BASE:g}" class="{look}" textLength="{length:.4g}">{escape(words)}</text>'


def main(folder: Path) -> None:
    folder = folder.resolve()
    from sibtui.cli.open import make_demo

    with tempfile.TemporaryDirectory() as room:
        os.environ["SIBTUI_CONFIG_DIR"] = room  # the tour shows nothing of the user who makes it
        study = Path(room, "sample.sibtui")
        make_demo(study)
        os.chdir(room)
        (folder / "tour.svg").write_text(draw(asyncio.run(record(Path(study.name)))), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
