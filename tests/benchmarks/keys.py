"""`python -m tests.benchmarks.keys`: what a key costs on the coding screen, in a real terminal, beside a bare Textual app."""

# ruff: noqa: T201 - printing a table is what it is for

from __future__ import annotations

import argparse
import inspect
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING

from sibtui.model.drafts import CaseDraft, CodeDraft, CodingDraft, SourceDraft, StudyDraft
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.model.records import Study
from sibtui.model.segments import Segment
from sibtui.project import Project
from sibtui.store import schema

from .make_study import MOMENT, SEED, SIZES, _text, as_installed, coded, folder, kept
from .measures import program
from .screen_rows import HEAD, Limit, ScreenRow, percentile
from .terminal import Cost, Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .make_study import Size

SCREEN = (160, 50)
TURNS = 60
LONG_LINE = 1_000_000
DOWN, UP, PAGE_DOWN, PAGE_UP = b"\x1b[B", b"\x1b[A", b"\x1b[6~", b"\x1b[5~"


@dataclass(frozen=True, slots=True)
class Note:
    """A note to be coded: so many characters, so many codings in it; perhaps all on one line."""

    name: str
    characters: int
    codings: int
    one_line: bool = False


NOTES = {
    note.name: note
    for note in (
        Note("2MB", 2_000_000, 50_000),
        Note("20MB", 20_000_000, 50_000),
        Note("line", LONG_LINE, 20_000, one_line=True),
    )
}


@dataclass(frozen=True, slots=True)
class Work:
    """Something done with keys. `to` is what to type each time, taken in turn.

    95 of 100 times stay below the processor time `budget` and below the latency `wall`. With `held`, the key is sent so many times at the
    rate of a held key: the processor time is that of one key, and the latency that of the last one.
    """

    name: str
    to: tuple[bytes, ...]
    budget: float
    bare: tuple[bytes, ...] = (DOWN,)
    wall: float = 16
    held: int = 0


WORKS = (
    Work("next sentence", (b"j",), 10),
    Work("grow, shrink", (b"x", b"X"), 10),
    Work("move an edge by a word", (b"l", b"l", b"h"), 10),
    Work("next paragraph", (b"}",), 10),
    Work("next coding", (b"]",), 10),
    Work("page down", (PAGE_DOWN,), 30, (PAGE_DOWN,), wall=30),
    Work("same code again", (b"j ",), 40, wall=50),
    Work("held key", (b"j", b"k"), 10, held=30),
    Work("burst of 20 keys", (b"j" * 20, b"k" * 20), 60, (DOWN * 20, UP * 20), wall=100),
)
"""`same code again` moves and codes: its budget is the sum of both."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Costs of one kind of work, ours and the bare app's, in the order in which they were taken."""

    work: str
    ours: tuple[Cost, ...]
    bare: tuple[Cost, ...]
    budget: float
    wall: float = 0
    most_ratio: float | None = None

    def row(self, study: str) -> ScreenRow:
        """Return the figure as a row of the table. In the note of 20 MB a key may take half as long again."""
        more = 1.5 if study == "20MB" else 1
        limits = [Limit("cpu", 95, self.budget * more)] if self.budget else []
        limits += [Limit("latency", 95, self.wall * more)] if self.wall else []
        return ScreenRow(self.work, study, self.ours, tuple(limits), self.bare, self.most_ratio)

    @property
    def latency(self) -> float:
        """Return the latency that 95 of 100 stay below."""
        return percentile([cost.latency for cost in self.ours], 95)

    @property
    def p95(self) -> float:
        return percentile([cost.cpu for cost in self.ours], 95)

    @property
    def ratio(self) -> float:
        """How many times the bare app's processor time a key costs; medians."""
        return median(cost.cpu for cost in self.ours) / median(cost.cpu for cost in self.bare)


# Studies


def text_of(note: Note) -> str:
    text = _text(Random(f"{SEED} {note.name}"), note.characters // 5)
    return (text.replace("\n", " ") if note.one_line else text.replace("\n ", "\n"))[: note.characters]


def study_of(note: Note) -> Path:
    """A study with that one note."""
    return kept(f"note-{note.name}", _MADE_BY, lambda path: _make(note, path))


_MADE_BY = inspect.getsource(schema) + Path(__file__).read_text("utf-8").partition("# Measuring")[0]


def _make(note: Note, path: Path) -> None:
    text = text_of(note)
    codes = [f"Theme {1 + at % 5}/Code {at:02}" for at in range(40)]
    draft = StudyDraft(
        study=Study(note.name, "00000000-0000-4000-8000-000000000001", "", MOMENT, 1),
        coders=("Coder 1",),
        cases=(CaseDraft("Case 1"),),
        sources=(SourceDraft("note", text, cases=("Case 1",), added=MOMENT),),
        codes=tuple(CodeDraft(code, since=MOMENT, status="active") for code in codes),
    )
    Project.create(path, draft=draft, coder="Coder 1").close()
    random = Random(SEED)
    with Project.open(path, coder="Coder 1") as project:
        starts = sorted(random.sample(range(len(text) - 300), note.codings))
        project.codings.import_(
            CodingDraft("note", random.choice(codes), Segment(start, start + random.randint(20, 260)), created=MOMENT)
            for start in starts
        )


# Measuring


@contextmanager
def ours(study: Path) -> Iterator[Terminal]:
    """The coding screen on a copy of the study."""
    with tempfile.TemporaryDirectory(dir=folder()) as name:
        copy = Path(shutil.copy(study, name))
        command = [sys.executable, "-m", "sibtui", "open", str(copy)]
        with Terminal(command, SCREEN, _environment(name)) as terminal:
            terminal.cost(lambda: None)
            yield terminal


@contextmanager
def bare(note: Note) -> Iterator[Terminal]:
    """The bare app on the same text."""
    with tempfile.TemporaryDirectory(dir=folder()) as name:
        file = Path(name, "text")
        file.write_text(text_of(note), "utf-8")
        script = str(Path(__file__).with_name("bare.py"))
        with Terminal([sys.executable, script, str(file)], SCREEN, _environment(name)) as terminal:
            terminal.cost(lambda: None)
            yield terminal


def _environment(name: str) -> dict[str, str]:
    return as_installed() | {
        "SIBTUI_CONFIG_DIR": name,
        "SIBTUI_CODER": "Coder 1",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }


def figures(note: Note, turns: int = TURNS, *, of: str = "") -> Iterator[Figure]:
    """Every kind of work, ours and the bare app's in turn, so that both see the same machine."""
    with ExitStack() as stack:
        screen, other = stack.enter_context(ours(study_of(note))), stack.enter_context(bare(note))
        for key in (b"\r", b"Code 03", b"\r"):  # a code to apply again
            screen.press(key)
        for work in WORKS:
            if of in work.name:
                pairs = [_both(screen, other, work, at) for at in range(turns + 4)][4:]
                yield Figure(work.name, tuple(p[0] for p in pairs), tuple(p[1] for p in pairs), work.budget, work.wall)
        if of in "resize":
            sizes = [(120, 36), (160, 50), (100, 40), (160, 50)]
            pairs = [_resized(screen, other, sizes[at % 4]) for at in range(max(8, turns // 3) + 2)][2:]
            yield Figure("resize", tuple(p[0] for p in pairs), tuple(p[1] for p in pairs), 150)


def _both(screen: Terminal, other: Terminal, work: Work, at: int) -> tuple[Cost, Cost]:
    ours, theirs = work.to[at % len(work.to)], work.bare[at % len(work.bare)]
    if work.held:
        return screen.hold(ours, work.held), other.hold(theirs, work.held)
    return screen.press(ours), other.press(theirs)


def _resized(screen: Terminal, other: Terminal, size: tuple[int, int]) -> tuple[Cost, Cost]:
    return screen.cost(lambda: screen.resize(*size)), other.cost(lambda: other.resize(*size))


def growth(note: Note, moves: int = 2_000) -> tuple[float, float]:
    """MB in memory after a few moves, and after many."""
    with ours(study_of(note)) as screen:
        _wander(screen, 100)
        before = screen.memory
        _wander(screen, moves)
        return before, screen.memory


def _wander(screen: Terminal, moves: int) -> None:
    keys = (b"j" * 7 + PAGE_DOWN + b"x]}" + PAGE_UP + b"k") * 5
    for _ in range(0, moves, len(keys)):
        screen.press(keys)


def first_paint(command: Sequence[str], name: str) -> Cost:
    """From the start of a program until its screen is still."""
    with Terminal(command, SCREEN, _environment(name)) as terminal:
        return terminal.cost(lambda: None)


def painting(turns: int) -> Figure:
    """The first paint of the demo's study, and that of an app with nothing in it."""
    with tempfile.TemporaryDirectory(dir=folder()) as name:
        study = Path(name, "demo.sibtui")
        made = [sys.executable, "-m", "sibtui", "demo", "--into", str(study)]
        subprocess.run(made, check=True, capture_output=True)
        demo = [*program(), "open", str(study)]
        empty = [sys.executable, str(Path(__file__).with_name("bare.py"))]
        pairs = [(first_paint(demo, name), first_paint(empty, name)) for _ in range(turns + 1)][1:]
    return Figure("first paint", tuple(p[0] for p in pairs), tuple(p[1] for p in pairs), 0, most_ratio=1.35)


def opening(size: Size, turns: int) -> tuple[float, float]:
    """Seconds of processor time from the start to the first screen: of a study of this size, and of a small one; medians."""
    small, large = study_of(Note("opening", 8_000, 40)), coded(size)
    with tempfile.TemporaryDirectory(dir=folder()) as name:
        copies = [shutil.copy(study, name) for study in (large, small)]
        pairs = [
            tuple(first_paint([sys.executable, "-m", "sibtui", "open", copy], name).cpu / 1000 for copy in copies)
            for _ in range(turns + 1)
        ][1:]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def matrix_screen(size: Size, turns: int) -> Figure:
    """From F3 until a table of all codes and all cases is seen, beside what the coding screen costs to come back to."""
    with tempfile.TemporaryDirectory(dir=folder()) as name:
        copy = Path(shutil.copy(coded(size), name))
        with Project.open(copy, coder="Coder 1") as project:
            rows = [RowDefinition(code.name, (code.path,)) for code in project.codes.list() if code.parent is not None]
            project.matrices.define(MatrixDefinition("all", "All codes, all cases", tuple(rows)))
        with Terminal([sys.executable, "-m", "sibtui", "open", str(copy)], SCREEN, _environment(name)) as terminal:
            terminal.cost(lambda: None)
            pairs = [(terminal.press(b"\x1bOR"), terminal.press(b"q")) for _ in range(turns + 1)][1:]
    return Figure(f"matrix {len(rows)}×{size.cases}", tuple(p[0] for p in pairs), tuple(p[1] for p in pairs), 1000)


# Command line


def main() -> int:
    """Print the table; 1 when a budget is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.keys", description=__doc__)
    parser.add_argument("--note", nargs="+", choices=list(NOTES), default=list(NOTES), help="default: all")
    parser.add_argument(
        "--only",
        metavar="TEXT",
        default="",
        help="only the work with this in its name; `opening`: a study of 1,000,000 codings",
    )
    parser.add_argument("--turns", type=int, default=TURNS, help=f"times each work is done (default: {TURNS})")
    options = parser.parse_args()
    print("processor time and latency, 50 and 95 of 100 below; `bare` is a bare Textual app on the same text\n")
    print(HEAD)
    missed = 0
    for name in options.note:
        for figure in figures(NOTES[name], options.turns, of=options.only):
            missed += _print_figure(name, figure)
        if options.only in "memory":
            print(f"{name:6} {'memory after many moves':28} {'{:.1f} → {:.1f} MB'.format(*growth(NOTES[name]))}")
    if options.only in "first paint":
        missed += _print_figure("demo", painting(max(5, options.turns // 6)))
    if options.only in "matrix":
        missed += _print_figure("L", matrix_screen(SIZES["L"], 5))
    if options.only == "opening":  # the study takes minutes to make
        large, small = opening(SIZES["XL"], 5)
        print(f"XL     opened in {large:.2f} s, a small study in {small:.2f} s (budget: 1.5 s more)")
    return 1 if missed else 0


def _print_figure(study: str, figure: Figure) -> bool:
    row = figure.row(study)
    print(row.line(), flush=True)
    return row.missed


if __name__ == "__main__":
    sys.exit(main())
