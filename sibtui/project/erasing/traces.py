"""Traces of sources in files outside the study: the saved state of the screen, and the program's log."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sibtui.model.erased_words import ErasedWords
from sibtui.project.shared.program_folders import folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def erase_traces(names: Iterable[str], guid: str, *, dry_run: bool) -> tuple[Path, ...]:
    """Remove names of sources from the saved state of the screen and from the program's log.

    Return the files that held such a name. `guid` is the id of the study; the saved states of other studies do not
    change. With `dry_run`, no file is changed. Raises OSError when a file cannot be written.
    """
    names = frozenset(names)
    return (*_states(names, guid, dry_run=dry_run), *_logs(names, dry_run=dry_run))


def _states(names: frozenset[str], guid: str, *, dry_run: bool) -> Iterator[Path]:
    """Yield the files with saved states of the screen in which one of the sources `names` is open.

    Only states of the study with the id `guid` count. Unless `dry_run` is set, the source is removed from the state.
    """
    state = folder("state")
    for file in (state / "state.json", *sorted(state.glob(".state-*"))):  # the others are left by a killed program
        try:
            stored = json.loads(file.read_text("utf-8"))
            place = stored["studies"][guid]
            if place["source"] not in names:
                continue
            place.update(source="", start=0, end=0)
        except (OSError, ValueError, AttributeError, KeyError, TypeError):
            continue
        if not dry_run:
            _replace(file, json.dumps(stored, ensure_ascii=True, indent=1))
        yield file


def _logs(names: frozenset[str], *, dry_run: bool) -> Iterator[Path]:
    words = ErasedWords(names=names)
    for name in ("sibtui.log", "sibtui.log.1"):
        file = folder("log") / name
        try:
            lines = file.read_text("utf-8").splitlines(keepends=True)
        except (OSError, ValueError):
            continue
        kept = [line for line in lines if not words.found(line)]
        if len(kept) < len(lines):
            if not dry_run:
                _replace(file, "".join(kept))
            yield file


def _replace(file: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".state-")
    with os.fdopen(handle, "w", encoding="utf-8") as temporary:
        temporary.write(text)
    Path(name).replace(file)
