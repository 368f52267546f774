"""Subtitles (.vtt, .srt), as programs that transcribe write them: turns of speakers, with the time each begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePath
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.encodings import decode
from sibtui.formats.extracted import extracted
from sibtui.formats.read_options import DEFAULT
from sibtui.formats.speakers import turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sibtui.formats.read_options import ReadOptions
    from sibtui.model.drafts import SourceDraft

_MOMENT = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{2})[.,]\d{1,3}"
_TIMES = re.compile(rf"[ \t]*{_MOMENT}[ \t]+-->[ \t]+{_MOMENT}(?:[ \t].*)?", re.ASCII)
_ASIDE = re.compile(r"(NOTE|STYLE|REGION)\b")
_VOICE = re.compile(r"<v(?:\.[^ \t>]*)?[ \t]+([^>]*)>|</v>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<\d[\d:.]*>|\{\\[^{}]*\}")
_ROLLING = 0.3
"""When this share of the cues repeats the one before, the captions roll up, and that is told."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What one speaker says in one cue. `speaker` is empty when the file does not tell it by a mark of its own."""

    time: str
    speaker: str
    text: str


def read(name: str, data: bytes, *, encoding: str | None = None, options: ReadOptions = DEFAULT) -> list[SourceDraft]:
    """The subtitles as one source.

    Cues of one speaker that follow one another become one turn, `[00:01:05] Anna: …`; where no speakers are told, each
    cue is a line. The options leave out times or speakers.
    """
    decoded = decode(data, encoding, name=name)
    vtt = PurePath(name).suffix.lower() == ".vtt"
    if vtt and not re.match(r"WEBVTT(?![^ \t\n])", decoded.text):
        raise InputError(f"{name} is not WebVTT: its first line is not “WEBVTT”.")
    said = [each for time, lines in _cues(name, decoded.text, vtt=vtt) for each in _voices(time, lines)]
    if not said:
        raise InputError(
            f"{name} holds no subtitles: no line in it tells a time such as 00:01:05.000 --> 00:01:08.500."
        )
    text = "\n".join(_line(each, options) for each in _joined(_labelled(said)))
    warnings = ["its captions roll up, so that words stand there twice"] if _rolls(said) else []
    return [
        extracted(
            name,
            data,
            text,
            fidelity="verbatim",
            encoding=decoded.encoding,
            confidence=decoded.confidence,
            warnings=warnings,
        )
    ]


def _cues(name: str, text: str, *, vtt: bool) -> Iterator[tuple[str, list[str]]]:
    """The cues as (time, lines). Blank lines within a cue, which neither format allows, lose nothing."""
    time: str | None = None
    since: list[str] = []
    for line in text.split("\n"):
        match = _TIMES.fullmatch(line)
        if match is None:
            since.append(line)
            continue
        if since and since[-1].strip() and (since[-1].strip().isdecimal() or len(since) == 1 or not since[-2].strip()):
            since.pop()  # the number or name of this cue
        if time is not None:
            yield time, _without_asides(since) if vtt else since
        elif not vtt and any(map(str.strip, since)):
            raise InputError(f"{name} begins with text that has no time: it is not what subtitles (.srt) are.")
        time, since = _time(match), []
    if time is not None:
        yield time, _without_asides(since) if vtt else since


def _without_asides(lines: Sequence[str]) -> list[str]:
    """The lines less the blocks, after a blank line, that are comments and styles of WebVTT."""
    kept: list[str] = []
    aside, blank = False, False
    for line in lines:
        if not line.strip():
            aside, blank = False, True
        elif aside or (blank and _ASIDE.match(line)):
            aside = True
        else:
            kept.append(line)
            blank = False
    return kept


def _time(match: re.Match[str]) -> str:
    hours, minutes, seconds = (int(part or 0) for part in match.groups()[:3])
    return f"{hours:02}:{minutes:02}:{seconds:02}"


def _voices(time: str, lines: Sequence[str]) -> Iterator[_Said]:
    """What each speaker says in a cue; what has no mark is said by nobody in particular."""
    from html import unescape  # noqa: PLC0415 - its table of names is large

    parts = _VOICE.split("\n".join(lines))
    for speaker, text in zip(("", *parts[1::2]), parts[::2], strict=True):
        plain = " ".join(unescape(_TAG.sub("", text)).split())
        if plain:
            yield _Said(time, " ".join(unescape(speaker or "").split()), plain)


def _labelled(said: Sequence[_Said]) -> Iterator[_Said]:
    """With the speakers that are only written in front of what they say (`Anna: …`), if the file has no marks for them."""
    marked = any(each.speaker for each in said)
    found = iter(() if marked else turns("\n".join(each.text for each in said)))
    turn = next(found, None)
    speaker, at = "", 0
    for each in said:
        begins = turn is not None and turn.segment.start == at
        if turn is not None and begins:
            speaker = turn.speaker
            yield _Said(each.time, speaker, each.text[turn.speech - at :])
            turn = next(found, None)
        else:
            yield each if marked else _Said(each.time, speaker, each.text)
        at += len(each.text) + 1


def _joined(said: Iterable[_Said]) -> Iterator[_Said]:
    """What a speaker says in one go, at the time when it begins."""
    current: _Said | None = None
    for each in said:
        if current is not None and current.speaker and current.speaker == each.speaker:
            current = _Said(current.time, current.speaker, f"{current.text} {each.text}".strip())
            continue
        if current is not None:
            yield current
        current = each
    if current is not None:
        yield current


def _line(said: _Said, options: ReadOptions) -> str:
    time = f"[{said.time}] " if options.times else ""
    speaker = f"{said.speaker}: " if said.speaker and options.speakers else ""
    return f"{time}{speaker}{said.text}".rstrip()


def _rolls(said: Sequence[_Said]) -> bool:
    """Captions of live speech repeat the line above in each cue."""
    again = sum(b.text.startswith(a.text) or a.text.endswith(b.text) for a, b in pairwise(said))
    return len(said) >= 10 and again > _ROLLING * len(said)
