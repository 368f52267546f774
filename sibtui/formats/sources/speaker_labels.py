"""Labels of speakers in transcripts: names with a colon, or names with a time, as transcription programs write them.

These forms are found: `Anna: …` and `[00:01] Anna: …`; `Q.` and `A.` that alternate; a line with a name and a time
(Otter, Teams, Trint) or with a time and a name (Word); `Anna [00:01] …` (Sonix); a start and an end time above a name
(Teams); `#00:00:02-1#` (f4); a row of a table with a time and a name (NVivo); chats of WhatsApp and Zoom.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from sibtui.model.folding import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_INDENT = r"[\u200e\u200f \t\xa0\u2000-\u200a\u202f\u3000]*+"
"""The pattern of spaces and marks of text direction at the start of a line. WhatsApp writes such marks before some messages."""
_S = r"[^\S\n]{0,8}"  # without a limit, a line of many spaces takes quadratic time
_END = r"[^\S\n]*+$"
_CLOCK = r"-?\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,:;]\d{1,3})?(?:[^\S\n]?[AaPp][Mm]\b)?"
_TIME = rf"(?:#\d\d:\d\d:\d\d-\d#|[\[(<]?{_CLOCK}[\])>]?)"
_PHONE = r"\+\d[-\d *().]{3,24}?"
_NAME = rf"(?P<name>[^\W\d_][^:：\n\t*\[\](){{}}<>|\"“”„«»?!;#]{{0,39}}?|{_PHONE})"
_REMARK = r"(?:\((?!-?\d{1,3}:\d)[^()\n]{1,30}\)|\[[^\[\]\n\d]{1,30}\])"
_SEPARATOR = rf"(?:{_S}[-–—|,·•]{_S}|[^\S\n]{{1,8}}|(?=[\[(<#]))"
_SPAN = rf"{_TIME}(?:{_S}(?:-->|[-–—]){_S}{_TIME})?"
_SPEECH_BELOW = rf"(?=\n{_S}(?!{_TIME}{_S}(?:\n|-->|\Z))\S)"
_DATED = rf"\[?\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{2,4}},?[^\S\n]{{1,2}}{_CLOCK}\]?"
"""The pattern of the date and time before a message in an exported chat, such as `[12.03.24, 10:02:33]`."""
_COLON = re.compile(
    rf"^{_INDENT}(?:(?P<before>{_SPAN}|{_DATED}){_S}(?:[-–—]{_S}|\n{_S})?)?(?:>>{_S})?(?P<bold>\*\*|__)?(?:\[(?=[^\]\n]{{1,60}}\]{_S}[:：]))?{_NAME}\]?"
    rf"{_S}(?:(?:{_REMARK}|(?P<within>{_TIME})){_S})?(?(bold)(?:\*\*|__)?)[:：](?(bold)(?:\*\*|__)?)(?=[^\S\n]|$|(?<=：)){_S}"
    rf"(?:(?P<after>[\[(]{_CLOCK}[\])]){_S}|{_CLOCK}{_END})?",
    re.MULTILINE,
)
_TIMED = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        rf"^{_INDENT}(?:\[(?=[^\]\n]{{1,60}}\]))?{_NAME}\]?{_S}{_REMARK}?{_SEPARATOR}{_TIME}{_END}",
        rf"^{_INDENT}{_SPAN}{_SEPARATOR}{_NAME}{_S}{_REMARK}?{_END}",
        rf"^{_INDENT}{_NAME}{_S}{_REMARK}?{_S}[\[(]{_CLOCK}[\])][^\S\n]++(?=\S)",
        rf"^{_INDENT}{_SPAN}{_S}\n{_S}{_NAME}{_S}{_REMARK}?{_S}{_SPEECH_BELOW}",
        rf"^{_INDENT}{_SPAN} {{0,8}}\t{_S}{_NAME} {{0,8}}\t{_INDENT}(?=\S)",
        rf"^{_INDENT}{_NAME} {{0,8}}\t{_S}{_SPAN} {{0,8}}\t{_INDENT}(?=\S)",
    )
)
_SPEAKER_LAST = re.compile(
    r"^[^\t\n]{1,40}\t(?:content|transcript|text|inhalt)\t(?:speaker|sprecher)s?[^\S\n]*$", re.MULTILINE | re.IGNORECASE
)
_ROW = re.compile(rf"^{_INDENT}{_SPAN} {{0,8}}\t{_S}(?=\S[^\t\n]*\t{_S}{_NAME}{_END})", re.MULTILINE)
"""The pattern of a table row whose last column is the speaker, as in transcripts of NVivo. The first row has the column names."""
_NAME_ABOVE = re.compile(rf"^{_INDENT}{_NAME}{_S}{_REMARK}?{_S}\n{_S}{_TIME}{_S}{_SPEECH_BELOW}", re.MULTILINE)
_ROLE = (
    "(?:interviewer(?:in)?|interviewee|moderator(?:in)?|facilitator|respondent|participant|informant|befragter?"
    "|intervieweu(?:r|se)|enquêt(?:eur|rice)|enquêtée?|entrevistador|entrevistad[oa])"
)
_CHAT = re.compile(
    rf"^{_CLOCK}[^\S\n]{{1,4}}From[^\S\n]{{1,2}}{_NAME}(?:[^\S\n]{{1,2}}to[^\S\n][^\n:]{{1,60}}|[^\S\n]{{0,2}}):[^\S\n]*+\n?",
    re.MULTILINE,
)
"""The pattern of the first line of a chat message in Zoom: `10:02:33 From Anna to Everyone:`, in older versions `10:02:33 From Anna :`."""
_NUMBERED = re.compile(
    rf"^{_INDENT}(?P<name>(?:speaker|sprecher|locuteur|hablante|orador)[ _]?\d{{1,3}}|{_ROLE}(?:[ _]\d{{1,3}})?){_END}(?=\n{_S}\S)",
    re.MULTILINE | re.IGNORECASE,
)
"""The pattern of a line that has only a role, or only a name that a program gives to speakers.

Word writes such lines if a transcript has no times.
"""

_LETTER = re.compile(
    rf"^{_INDENT}(?P<name>[A-Z])\d{{0,3}}(?:[.)](?:[^\S\n]++|{_END})|(?:\t|[^\S\n]{{3}})[^\S\n]*+)(?=\s*\S)",
    re.MULTILINE,
)
"""The pattern of a letter with a full stop or a wide space after it, such as the `Q.` and `A.` in typed interviews."""
_PAIRS = ("QA", "QR", "FA", "PR", "IR", "IP", "IB")
"""Pairs of letters that alternate in interviews: for question and answer in several languages, and for interviewer and interviewee."""
_ANY_COLON = re.compile("[:：]")
_DIGITS = re.compile(r"\d:\d")
_TURNS = 4
_ALTERNATING = 0.8


@dataclass(frozen=True, slots=True)
class Label:
    """A place in a text that may be the label of a speaker. `key` is the name in a form for comparisons.

    `start` and `end` are the offsets of the label. `timed` is set if the label also has a time.
    """

    key: str
    name: str
    start: int
    end: int
    timed: bool = False


def labels(text: str) -> Iterator[Label]:
    """Yield all places that may be labels of speakers, in order. Of two that overlap, only the first is yielded."""
    with_colon = _lines_with_colon(text)
    with_time = [start for start in with_colon if _DIGITS.search(text, start, line_end(text, start))]
    found = [_label(match, timed=True) for match in _matches(_CHAT, text, with_time)]
    colons = _matches(_COLON, text, with_colon)
    found += [_label(match, timed=any(match.group("before", "within", "after"))) for match in colons]
    found += [_label(match, timed=False) for match in _NUMBERED.finditer(text)]
    for pattern in (_ROW,) if with_time and _SPEAKER_LAST.search(text) else _TIMED:
        found += [_label(match, timed=True) for match in _matches(pattern, text, with_time)]
    found += _questions_and_answers(text)
    names_above = [text.rfind("\n", 0, start - 1) + 1 for start in with_time if start]
    above = {
        each.start: each for each in (_label(match, timed=True) for match in _matches(_NAME_ABOVE, text, names_above))
    }
    found += above.values()
    end = 0
    for each in sorted(found, key=lambda found: (found.start, not found.timed)):
        # A short line of speech above the time of the next turn looks like a name above a time.
        is_speech = above.get(each.start) is each and end and not text[end : each.start].strip()
        if each.start >= end and not is_speech:
            yield _with_initials(text, each)
            end = each.end


def _lines_with_colon(text: str) -> list[int]:
    """Return the offset of the start of each line that has a colon.

    Labels with a colon or a time are searched only in these lines and in the lines directly above them. A search of the
    whole text takes five times as long.
    """
    starts = []
    found = _ANY_COLON.search(text)
    while found is not None:
        starts.append(text.rfind("\n", 0, found.start()) + 1)
        found = _ANY_COLON.search(text, line_end(text, found.end()))
    return starts


def line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _matches(pattern: re.Pattern[str], text: str, starts: Iterable[int]) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern that begin at one of these offsets, in order. Of two that overlap, yield the first."""
    end = 0
    for start in starts:
        match = pattern.match(text, start) if start >= end else None
        if match is not None:
            yield match
            end = match.end()


def _with_initials(text: str, label: Label) -> Label:
    """Return the label together with the line above it, if that line has only the initials of the name.

    Teams writes such lines. Any other label is returned unchanged.
    """
    if not label.timed or label.start == 0:
        return label
    start = text.rfind("\n", 0, label.start - 1) + 1
    above, letters = text[start : label.start].strip(), [word[0].upper() for word in label.name.split()]
    return (
        replace(label, start=start)
        if len(letters) > 1 and above in ("".join(letters), letters[0] + letters[-1])
        else label
    )


def _questions_and_answers(text: str) -> list[Label]:
    """Return the labels that are a letter with a full stop, such as `Q.` and `A.`, if the two letters alternate.

    The letters of a numbered list (A. B. C.) do not alternate, so they are not labels.
    """
    lettered = [_label(match, timed=False) for match in _LETTER.finditer(text)]
    for pair in _PAIRS:
        found = [each for each in lettered if each.name in pair]
        changes = sum(before.name != after.name for before, after in pairwise(found))
        if len(found) >= _TURNS and changes >= _ALTERNATING * (len(found) - 1):
            return found
    return []


def _label(match: re.Match[str], *, timed: bool) -> Label:
    name = " ".join(match["name"].split())
    return Label(name_key(name), name, match.start(), match.end(), timed)
