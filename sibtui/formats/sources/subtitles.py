"""The reader of subtitles (.vtt, .srt), and of tables with times and a text, such as .tsv files of Whisper.

In the resulting text, the start time and the name of the speaker come before the words.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import PurePath
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.codec.csv_in import csv_rows
from sibtui.formats.codec.encodings import decode
from sibtui.formats.codec.line_errors import refuse
from sibtui.formats.sources.draft import source_draft
from sibtui.formats.sources.read_options import DEFAULT
from sibtui.formats.sources.speaker_labels import labels
from sibtui.formats.sources.speakers import turns
from sibtui.formats.sources.transcript_columns import transcript_column
from sibtui.model.text import listed, one_line, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sibtui.formats.codec.encodings import Decoded
    from sibtui.formats.sources.read_options import ReadOptions
    from sibtui.model.drafts import SourceDraft
    from sibtui.model.left_out import LeftOutKind

# Teams writes 0:0:2.5, and -0:0:0.3 for words before the recording began; programs for films write frames, 00:00:02:12
_MOMENT = r"(-?)(?:(-?\d{1,4}):)?(-?\d{1,3}):(-?\d{1,2})(?:[.,] ?\d{1,9}|(?<=:\d\d:\d\d):\d\d)?"
_TIMES = re.compile(
    rf"[ \t]*{_MOMENT}[ \t]*(?:-->[ \t]*{_MOMENT}(?P<after>[ \t].*)?|(?:-|–|—)>[ \t]*{_MOMENT}[ \t]*)", re.ASCII
)
"""The pattern of the times of a cue (one entry of subtitles). Some people type a single arrow (->); it counts only if no words follow."""
_CLOCK = re.compile(_MOMENT, re.ASCII)
_WORD = re.compile(r"[^\W\d_]{2}")
_PART_OF_TIME = re.compile(r"\d\s*:|:\s*\d")
_NUMBERED = re.compile(r"\S*\d\S*")
_COMMENT = re.compile(r"(NOTE|STYLE|REGION)\b")
_HEADER = re.compile(r"[\w-]{1,40}[ \t]*[:=]")
_VOICE = re.compile(r"<v(?:\.[^ \t<>]*+)?[ \t]++([^<>]*+)>|</v>")
"""The pattern of a voice tag, which names a speaker.

Its repetitions are possessive, so that a tag that is not closed takes little time.
"""
_TAG = re.compile(
    r"</?(?:(?:b|i|u|s|c|ruby|rt)(?:\.[^<>\s]*+)?[ \t]*+|(?:v|lang|font)(?:[.\s][^<>]*+)?)>|<\d+(?::\d+)+(?:[.,]\d+)?>|\{\\[^{}]*\}",
    re.IGNORECASE,
)
"""The pattern of the tags of subtitles. Any other word in angle brackets, such as `<laughs>`, is part of the text."""
_CHANGE = re.compile(r">>|\[[^\W\d_a-z][^\[\]]{0,39}\]")
"""The pattern of the marks with which captions show a change of speaker: `>>`, or a name such as `[Anna]`."""
_ROLLING = 0.3
"""If a larger share of cues repeat the cue before them, captions count as rolling, and a warning reports this."""
_PAUSE = 60
"""The number of seconds of silence after which the same speaker begins a new turn."""


@dataclass(frozen=True, slots=True)
class _Cue:
    """One entry (cue) of a subtitle file. `start` and `end` are in seconds; None for text before the first entry."""

    start: int | None
    end: int | None
    lines: list[str]


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words of one speaker in an entry of a subtitle file, with times in seconds. `speaker` is empty if not named."""

    start: int | None
    end: int | None
    speaker: str
    text: str


def read(name: str, data: bytes, *, encoding: str | None = None, options: ReadOptions = DEFAULT) -> list[SourceDraft]:
    """Return the subtitles as a list with one source.

    Neighbouring entries of one speaker are joined to one line, such as `[00:01:05] Anna: …`. After a pause of more than
    a minute, a new line begins. If there are no speakers, each entry is a line. `options` can leave out the times or
    the speakers. Raises InputError when the file has no subtitles, or has a time that cannot be read.
    """
    decoded = decode(data, encoding, name=name)
    suffix = PurePath(name).suffix.lower()
    counts: Counter[LeftOutKind] = Counter()
    if suffix in (".tsv", ".csv"):
        odd: list[int] = []
        rows = list(_rows(name, decoded.text, odd))
        return [utterance_draft(name, data, decoded, rows, counts, options, _odd_rows(odd))]
    if suffix == ".vtt" and not re.match(r"WEBVTT(?![^ \t\n])", decoded.text):
        raise InputError(f"{name} is not WebVTT: its first line is not “WEBVTT”.")
    cues = list(_cues(name, decoded.text, counts, vtt=suffix == ".vtt"))
    if not any(cue.start is not None for cue in cues):
        raise InputError(f"{name} holds no subtitles: no line has a time such as 00:01:05.000 --> 00:01:08.500.")
    return [utterance_draft(name, data, decoded, _spoken(cues), counts, options)]


def utterance_draft(
    name: str,
    data: bytes,
    decoded: Decoded,
    utterances: Sequence[Utterance],
    counts: Counter[LeftOutKind],
    options: ReadOptions,
    warnings: Sequence[str] = (),
) -> SourceDraft:
    """Return the source made from the words of speakers in a file. Neighbouring words of one speaker are joined.

    `counts` is a map: kind of content → how many parts of this kind were left out of the text. `warnings` are texts
    without a full stop.
    """
    text = "\n".join(_line(each, options) for each in _joined(_labelled(utterances)))
    warnings = [*warnings, *(["its captions roll up, so that words appear twice"] if _rolls(utterances) else [])]
    if utterances and utterances[0].start is None:
        warnings.append("it begins with text that has no time")
    draft = source_draft(
        name,
        data,
        text,
        fidelity="verbatim",
        encoding=decoded.encoding,
        confidence=decoded.confidence,
        warnings=warnings,
        left_out=counts,
    )
    return replace(draft, speakers=tuple(dict.fromkeys(each.speaker for each in utterances if each.speaker)))


def _rows(name: str, text: str, odd: list[int]) -> Iterator[Utterance]:
    """Yield the words, speaker and times in each row of a table.

    Times in the table are milliseconds, seconds with a decimal point, or clock times. A row without a time, or with
    more cells than columns, is yielded too, and its line number is added to `odd`. Raises InputError when no row has a
    time.
    """
    rows = csv_rows(name, io.StringIO(text, newline=""), _delimiter, unquoted="\t")
    _, header = next(rows, (1, []))
    columns = [transcript_column(cell) for cell in header]
    timed = False
    for line, cells in rows:
        if not any(map(str.strip, cells)):
            continue
        row = dict(zip(columns, cells, strict=False))
        start, end = _seconds(row.get("start", "")), _seconds(row.get("end", ""))
        if start is None or len(cells) > len(columns):
            odd.append(line)
        timed = timed or start is not None
        text_cells = (*_unread(row) * (start is None), row.get("text", ""), *cells[len(columns) :])
        words = " ".join(" ".join(text_cells).split())
        if words:
            yield Utterance(start, end, " ".join(row.get("speaker", "").split()), words)
    if odd and not timed:
        refuse(name, odd[0], "the row does not have a start, an end and a text")


def _unread(row: Mapping[str, str]) -> tuple[str, ...]:
    """Return the cells in the columns `start` and `end` that are not times. Such cells may contain words."""
    return tuple(cell for column in ("start", "end") if _seconds(cell := row.get(column, "")) is None)


def _odd_rows(odd: Sequence[int]) -> Sequence[str]:
    if not odd:
        return ()
    lines = f"{plural(len(odd), 'line')} ({listed(map(str, odd))})"
    return [f"{lines} without a time or with too many cells: the words are kept"]


def _delimiter(header: str) -> str:
    return next((each for each in "\t,;" if each in header), "\t")


def _seconds(cell: str) -> int | None:
    number = cell.strip()
    if re.fullmatch(r"\d{1,12}", number, re.ASCII):
        return int(number) // 1000
    if re.fullmatch(r"\d{1,9}\.\d{1,9}", number, re.ASCII):
        return int(float(number))
    moment = _CLOCK.fullmatch(number)
    return None if moment is None else _time(moment.groups())


def _cues(name: str, text: str, counts: Counter[LeftOutKind], *, vtt: bool) -> Iterator[_Cue]:
    """Yield the entries (cues) of a subtitle file. `vtt` is True for a WebVTT file and False for an SRT file.

    Text before the first entry, or after an empty line inside an entry, is kept, although the formats do not allow it.
    """
    times: tuple[int | None, int | None] = (None, None)
    lines = text.split("\n")
    first = _end_of_header(lines) if vtt else 0
    since: list[str] = []
    numbered = False
    for number, line in enumerate(lines[first:], first + 1):
        match = _TIMES.fullmatch(line)
        if match is None:
            if "-->" in line and _is_like_times(line):
                refuse(name, number, f"“{one_line(line, 60)}” is not a time such as 00:01:05.000 --> 00:01:08.500")
            since.append(line)
            continue
        if _has_identifier(since, vtt=vtt, numbered=numbered, first=times[0] is None):
            numbered |= since.pop().strip().isdecimal()
        yield _Cue(*times, _without_comments(since, counts, first=times[0] is None) if vtt else since)
        times, since = _span(match), _words_after(match)
    yield _Cue(*times, _without_comments(since, counts, first=times[0] is None) if vtt else since)


def _is_like_times(line: str) -> bool:
    """Return whether a line with the arrow `-->` looks like times in a wrong form, and not like ordinary text."""
    before, _, after = line.partition("-->")
    near = (before, after.split(maxsplit=1)[0] if after.strip() else "")
    has_letters = any(map(str.isalpha, line))
    return not has_letters or (not _WORD.search(before) and any(map(_PART_OF_TIME.search, near)))


def _has_identifier(since: Sequence[str], *, vtt: bool, numbered: bool, first: bool) -> bool:
    """Return whether the last line of `since` is an identifier of an entry (cue), and not text.

    `since` has the lines between the times of the previous entry and those of this entry.

    - WebVTT (`vtt`): An identifier follows an empty line, and does not begin with NOTE, STYLE or REGION.
    - SRT, after an empty line: An identifier is one word that has a digit.
    - SRT, after a line of text: An identifier is a number. The entry must be the first (`first`), or earlier entries
      must have had numbers (`numbered`).
    """
    last = since[-1].strip() if since else ""
    after_empty = since[-2].strip() == "" if len(since) > 1 else first
    if vtt:
        return bool(last) and after_empty and not _COMMENT.match(last)
    if after_empty:
        return _NUMBERED.fullmatch(last) is not None
    return last.isdecimal() and len(since) > 1 and (numbered or first)


def _span(match: re.Match[str]) -> tuple[int, int]:
    groups = match.groups()
    return _time(groups[:4]), _time(groups[4:8] if groups[6] else groups[9:])


def _words_after(match: re.Match[str]) -> list[str]:
    """Return the words after the times on the same line; nothing if they are only settings such as `align:start`."""
    words = (match["after"] or "").split()
    return [] if all(":" in word for word in words) else [" ".join(words)]


def _end_of_header(lines: Sequence[str]) -> int:
    """Return the number of lines in a WebVTT header: the line `WEBVTT` and the lines `key: value` directly below it."""
    at = 1
    while at < len(lines) and _HEADER.match(lines[at]) and "-->" not in lines[at]:
        at += 1
    return at


def _without_comments(lines: Sequence[str], counts: Counter[LeftOutKind], *, first: bool) -> list[str]:
    """Return the lines without the comments and styles of WebVTT. The comments are counted in `counts`.

    A comment or style begins after an empty line. `first` is set if `lines` are the beginning of the file.
    """
    result: list[str] = []
    in_comment, after_empty = False, first
    for line in lines:
        if not line.strip():
            in_comment, after_empty = False, True
        elif in_comment or (after_empty and _COMMENT.match(line)):
            counts["comment"] += not in_comment and line.startswith("NOTE")
            in_comment = True
        else:
            result.append(line)
            after_empty = False
    return result


def _time(groups: Sequence[str | None]) -> int:
    """Return a time in seconds; 0 if it is negative. `groups` has the sign, hours, minutes and seconds."""
    if any(group and group.startswith("-") for group in groups):
        return 0
    hours, minutes, seconds = (int(part or 0) for part in groups[1:])
    return hours * 3600 + minutes * 60 + seconds


def _spoken(cues: Sequence[_Cue]) -> list[Utterance]:
    """Return the words in the entries (cues) of a file. A speaker is set only for words with a voice tag (`<v Anna>`).

    If the file has lines such as `Anna: …` instead of voice tags, each of these lines begins a new item.
    """
    apart = [each for cue in cues for part in _by_names(cue) for each in _voices(part)]
    if turns("\n".join(each.text for each in apart)) and not any(each.speaker for each in apart):
        return apart
    return [each for cue in cues for each in _voices(cue)]


def _by_names(cue: _Cue) -> Iterator[_Cue]:
    """Yield the parts of an entry (cue) of subtitles. Each line such as `Anna: …` begins a new part."""
    lines: list[str] = []
    for line in cue.lines:
        plain = _TAG.sub("", line)
        if lines and ":" in plain and any(each.start == 0 and not each.name[0].islower() for each in labels(plain)):
            yield replace(cue, lines=lines)
            lines = []
        lines.append(line)
    yield replace(cue, lines=lines)


def _voices(cue: _Cue) -> Iterator[Utterance]:
    """Yield the words of each speaker in an entry (cue). Words without a voice tag (`<v Anna>`) have no speaker."""
    from html import unescape

    parts = _VOICE.split("\n".join(cue.lines))
    for speaker, text in zip(("", *parts[1::2]), parts[::2], strict=True):
        plain = " ".join(unescape(_TAG.sub("", text)).split())
        if plain:
            yield Utterance(cue.start, cue.end, " ".join(unescape(speaker or "").split()), plain)


def _labelled(utterances: Sequence[Utterance]) -> Iterator[Utterance]:
    """Yield the words in a file with their speakers.

    In a file without voice tags, labels such as `Anna: …` name the speakers. A speaker continues until the next label.
    If this label is not the name of a speaker, the words after it have no speaker.
    """
    tagged = any(each.speaker for each in utterances)
    whole = "" if tagged else "\n".join(each.text for each in utterances)
    begins = {turn.segment.start: turn for turn in turns(whole)}
    others = {label.start for label in labels(whole) if not label.name[0].islower()}
    speaker, at = "", 0
    for each in utterances:
        turn = begins.get(at)
        if tagged:
            yield each
        elif turn is not None:
            speaker = turn.speaker
            yield replace(each, speaker=speaker, text=each.text[turn.speech - at :])
        else:
            speaker = "" if at in others or _CHANGE.match(each.text) else speaker
            yield replace(each, speaker=speaker)
        at += len(each.text) + 1


def _joined(utterances: Iterable[Utterance]) -> Iterator[Utterance]:
    """Yield the words in a file, with neighbouring words of one speaker joined.

    Words with a long pause between them are not joined. Joined words have the start time of the first of them.
    """
    current: Utterance | None = None
    for each in utterances:
        if current is not None and current.speaker and current.speaker == each.speaker and not _pause(current, each):
            current = replace(current, end=each.end, text=f"{current.text} {each.text}".strip())
            continue
        if current is not None:
            yield current
        current = each
    if current is not None:
        yield current


def _pause(before: Utterance, after: Utterance) -> bool:
    """Return whether more than a minute passes between the end of `before` and the start of `after`."""
    ended = before.start if before.end is None else before.end
    return ended is not None and after.start is not None and after.start - ended > _PAUSE


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _line(utterance: Utterance, options: ReadOptions) -> str:
    time = f"[{_clock(utterance.start)}] " if options.times and utterance.start is not None else ""
    speaker = f"{utterance.speaker}: " if utterance.speaker and options.speakers else ""
    return f"{time}{speaker}{utterance.text}".rstrip()


def _rolls(utterances: Sequence[Utterance]) -> bool:
    """Return whether the captions are rolling, as in live speech: many entries repeat words of the previous entry."""
    repeats = sum(b.text.startswith(a.text) or a.text.endswith(b.text) for a, b in pairwise(utterances))
    return len(utterances) >= 10 and repeats > _ROLLING * len(utterances)
