"""Synthetic studies of four sizes, the same ones every time: made by the project itself, and kept for the next run."""

from __future__ import annotations

import hashlib
import inspect
import os
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from sibtui.model.drafts import CaseDraft, CodeDraft, CodingDraft, SourceDraft, StudyDraft
from sibtui.model.records import Study, TopicRecord
from sibtui.model.segments import Segment
from sibtui.project import Project
from sibtui.store import schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SEED = 20260507
MOMENT = "2026-05-07T09:00:00.001Z"
PROBE = "Theme 1/Probe"
"""A code with `PROBED` codings in every study, large or small."""
PROBED = 100


@dataclass(frozen=True, slots=True)
class Size:
    name: str
    sources: int
    words: int
    codes: int
    cases: int
    codings: int


SIZES = {
    size.name: size
    for size in (
        Size("S", 12, 800, 30, 4, 500),
        Size("M", 200, 2_000, 100, 20, 20_000),
        Size("L", 2_000, 2_000, 300, 100, 200_000),
        Size("XL", 10_000, 2_000, 500, 500, 1_000_000),
    )
}


def notes(size: Size) -> Path:
    """The study before it is coded."""
    return kept(f"{size.name}-notes", _SOURCES, lambda path: _make_notes(size, path))


def coded(size: Size) -> Path:
    """The study with its codings."""
    return kept(f"{size.name}-coded", _SOURCES, lambda path: _code(size, path))


def kept(name: str, made_by: str, make: Callable[[Path], None], *, extension: str = ".sibtui") -> Path:
    """The file or folder of that name in the cache, made if it is not there, or if what it is `made_by` is not what it was."""
    path = folder() / f"{name}-{hashlib.sha256(made_by.encode()).hexdigest()[:10]}{extension}"
    if not path.exists():
        aside = path.with_name(f"{path.stem}.{os.getpid()}{extension}")
        try:
            make(aside)
            aside.rename(path)
        finally:
            if aside.is_dir():
                shutil.rmtree(aside)
            aside.unlink(missing_ok=True)
    return path


_SOURCES = inspect.getsource(schema) + Path(__file__).read_text("utf-8")


def folder() -> Path:
    """Where studies are kept: $SIBTUI_BENCH_DIR, else a folder among the temporary files."""
    given = os.environ.get("SIBTUI_BENCH_DIR")
    found = Path(given) if given else Path(tempfile.gettempdir()) / f"sibtui-benchmarks-{os.getuid()}"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def as_installed() -> dict[str, str]:
    """Where the measured programs keep their bytecode: an installed program has it, even if this machine writes none beside sources."""
    return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder() / "bytecode")}


def _make_notes(size: Size, path: Path) -> None:
    draft = StudyDraft(
        study=Study(f"Benchmark {size.name}", "00000000-0000-4000-8000-000000000000", "", MOMENT, 1),
        coders=("Coder 1", "Coder 2"),
        cases=tuple(CaseDraft(label) for label in _cases(size)),
        sources=tuple(_source(size, at) for at in range(size.sources)),
        codes=tuple(CodeDraft(code, since=MOMENT, status="active") for code in _codes(size)),
        topics=tuple(
            TopicRecord(_name(at), f"Theme {1 + at % _themes(size)}", "not asked") for at in range(0, size.sources, 10)
        ),
    )
    Project.create(path, draft=draft, coder="Coder 1").close()


def _code(size: Size, path: Path) -> None:
    shutil.copy(notes(size), path)
    with Project.open(path, coder="Coder 1") as project:
        done = project.codings.import_(codings(size))
    assert done.added == size.codings, done


def codings(size: Size) -> Iterator[CodingDraft]:
    """The codings, source by source as a researcher reads, with all that real ones have: doubt, counter-evidence, cases given or not."""
    codes = _codes(size)
    codes.remove(PROBE)
    weights = [1 / (1 + at) ** 0.6 for at in range(len(codes))]
    between = size.codings // PROBED
    number = 0
    for at in range(size.sources):
        random = Random(f"{SEED} codings {at}")
        source = _source(size, at)
        count = size.codings * (at + 1) // size.sources - size.codings * at // size.sources
        starts = sorted(random.sample(range(len(source.text) - 300), count))
        for start, code in zip(starts, random.choices(codes, weights, k=count), strict=True):
            number += 1
            yield CodingDraft(
                source.name,
                PROBE if number % between == 0 else code,
                Segment(start, start + random.randint(20, 260)),
                coder="Coder 2" if random.random() < 0.2 else "Coder 1",
                stance="counters" if random.random() < 0.08 else "supports",
                certainty="tentative" if random.random() < 0.12 else "firm",
                cases=_given_cases(random, source.cases),
                memo="Compare the other interviews." if random.random() < 0.05 else "",
                created=MOMENT,
            )


def texts(size: Size) -> Iterator[tuple[str, str]]:
    """The names and the texts of the sources."""
    for at in range(size.sources):
        source = _source(size, at)
        yield source.name, source.text


def _given_cases(random: Random, cases: tuple[str, ...]) -> tuple[str, ...] | None:
    if len(cases) == 1:
        return None
    chance = random.random()
    return () if chance < 0.05 else cases if chance < 0.1 else (random.choice(cases),)


def _source(size: Size, at: int) -> SourceDraft:
    random = Random(f"{SEED} source {at}")
    cases = _cases(size)
    touched = random.sample(cases, 1 if random.random() < 0.8 else 2)
    read = random.random() < 0.9
    return SourceDraft(
        _name(at),
        _text(random, size.words),
        kind=random.choice(("interview", "interview", "interview", "document", "report")),
        cases=tuple(touched),
        reading="read" if read else "unread",
        read_at=MOMENT if read else None,
        added=MOMENT,
    )


def _text(random: Random, words: int) -> str:
    sentences = _sentences()
    found: list[str] = []
    count = 0
    while count < words:
        sentence = random.choice(sentences)
        count += sentence.count(" ") + 1
        found.append(sentence)
    return " ".join(found)


@cache
def _sentences() -> list[str]:
    random = Random(SEED)
    words = ["".join(random.choices("aeioubdgklmnprstv", k=random.randint(2, 11))) for _ in range(800)]
    words += ["naïve", "café", "she’s", "£500", "“so”", "–"]
    ends = (".", ".", "?", ".\n\n")
    return [
        " ".join(random.choices(words, k=random.randint(6, 30))).capitalize() + random.choice(ends) for _ in range(900)
    ]


def _name(at: int) -> str:
    return f"interview-{at:05}"


def _cases(size: Size) -> list[str]:
    return [f"Case {at:03}" for at in range(1, size.cases + 1)]


def _themes(size: Size) -> int:
    return max(4, size.codes // 20)


def _codes(size: Size) -> list[str]:
    """The codes that are applied; their themes are made with them."""
    themes = _themes(size)
    return [PROBE, *(f"Theme {1 + at % themes}/Code {at:03}" for at in range(1, size.codes))]
