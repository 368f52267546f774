"""Repeated transcripts: files with the same recording in several formats. Only one of them is imported.

Whisper and WhisperX write each recording as .json, .vtt, .srt, .tsv and .txt.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from sibtui.errors import SibtuiError
from sibtui.formats.registry import read_source
from sibtui.formats.sources.read_options import ReadOptions
from sibtui.model.text import listed_clauses, one_line, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

RICHEST_FIRST = (".json", ".vtt", ".srt", ".tsv", ".txt")
"""The formats of a transcript, those with the most information first.

.json has the language, speakers and times. .vtt, .srt and .tsv have times. .txt has only the words.
"""
_WORDS_ALONE = ReadOptions(times=False, speakers=False)
_LABEL = re.compile(r"^\[[^\]\n]{1,40}\]: ", re.MULTILINE)
"""The pattern of the speaker at the beginning of a line in a text of WhisperX: `[SPEAKER_00]: `."""


def without_repeats(files: Sequence[Path], read: Callable[[Path], bytes]) -> tuple[list[Path], list[str]]:
    """Return (files to read, messages about the files that are left out). `read` returns the bytes of a file.

    Files repeat each other if they are in the same folder, differ only in the extension of their names, and have the
    same words. Of such files, only the file whose format has the most information is kept.
    """
    groups: defaultdict[str, list[Path]] = defaultdict(list)
    for file in files:
        stem, suffix = os.path.splitext(file)  # noqa: PTH122 - `Path.suffix` takes three times as long
        if suffix.lower() in RICHEST_FIRST:
            groups[stem].append(file)
    repeats: dict[Path, Path] = {}
    for group in groups.values():
        if len(group) > 1 and any(file.suffix.lower() != ".txt" for file in group):
            repeats.update(_repeats(group, read))
    kept = [file for file in files if file not in repeats] if repeats else list(files)
    return kept, list(_messages(repeats))


def _repeats(group: Sequence[Path], read: Callable[[Path], bytes]) -> Iterator[tuple[Path, Path]]:
    """Yield (file, better file) for each file that is not needed.

    The better file has the same words, and its format has more information.
    """
    kept: dict[tuple[str, ...], Path] = {}
    for file in sorted(group, key=lambda file: RICHEST_FIRST.index(file.suffix.lower())):
        words = _words(file, read)
        if words and words in kept:
            yield file, kept[words]
        else:
            kept[words] = file


def _words(file: Path, read: Callable[[Path], bytes]) -> tuple[str, ...]:
    """Return the spoken words of a transcript, without the names of speakers.

    The result is empty if the transcript cannot be read.
    """
    from sibtui.formats.sources.speakers import turns

    try:
        drafts = read_source(str(file), read(file), options=_WORDS_ALONE)
    except SibtuiError:  # it is reported when it is read as a source
        return ()
    text = "\n".join(_LABEL.sub("", draft.text) for draft in drafts)
    found = turns(text)
    spoken = [text[: found[0].segment.start], *(text[turn.speech : turn.limit] for turn in found)] if found else [text]
    return tuple(re.findall(r"\w+", " ".join(spoken).casefold()))


def _messages(repeats: dict[Path, Path]) -> Iterator[str]:
    """Yield sentences about the files that are left out. `repeats` is a map: file that is left out → better file."""
    if not repeats:
        return
    groups: defaultdict[Path, list[str]] = defaultdict(list)
    for file, richer in repeats.items():
        groups[richer].append(file.suffix)
    examples = (f"{one_line(str(richer))} ({' '.join(sorted(suffixes))})" for richer, suffixes in groups.items())
    they = "was left out, because it repeats" if len(repeats) == 1 else "were left out, because they repeat"
    yield f"{plural(len(repeats), 'file')} {they} the recording of a richer file: {listed_clauses(examples, 3)}."
