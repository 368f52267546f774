"""Labels of speakers in transcripts: the name with its colon, or the name with a time, as transcription programs write them.

`Anna: …` and `[00:01] Anna: …`; a name and a time on a line (Otter, Teams, Trint) or a time and a name (Word); `Anna [00:01] …` (Sonix);
a span of times above a name (Teams); f4's `#00:00:02-1#`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sibtui.model.folding import name_key

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLOCK = r"-?\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,3})?"
_TIME = rf"(?:#\d\d:\d\d:\d\d-\d#|[\[(<]?{_CLOCK}[\])>]?)"
_NAME = r"(?P<name>[^\W\d_][^:：\n*\[\](){}<>|\"“”„«»?!;#]{0,39}?)"
_REMARK = r"(?:\([^()\n]{1,30}\))"
_SEPARATOR = r"(?:[ \t]*[-–—|,·•][ \t]*|[ \t]+|(?=[\[(<#]))"
_SPEECH_BELOW = rf"(?=\n[ \t]*(?!{_TIME}[ \t]*(?:\n|-->|\Z))\S)"
_COLON = re.compile(
    rf"^[ \t]*(?:{_TIME}[ \t]*[-–]?[ \t]*)?(?P<bold>\*\*|__)?{_NAME}"
    rf"[ \t]*(?:(?:{_REMARK}|{_TIME})[ \t]*)?(?(bold)(?:\*\*|__)?)[:：](?(bold)(?:\*\*|__)?)(?=[ \t]|$|(?<=：))[ \t]*"
    rf"(?:[\[(]{_CLOCK}[\])][ \t]*)?",
    re.MULTILINE,
)
_TIMED = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        rf"^[ \t]*(?:\[(?=[^\]\n]{{1,60}}\]))?{_NAME}\]?[ \t]*{_REMARK}?{_SEPARATOR}{_TIME}[ \t]*$",
        rf"^[ \t]*{_TIME}(?:[ \t]*(?:-->|[-–—])[ \t]*{_TIME})?{_SEPARATOR}{_NAME}[ \t]*{_REMARK}?[ \t]*$",
        rf"^[ \t]*{_NAME}[ \t]*{_REMARK}?[ \t]*[\[(]{_CLOCK}[\])][ \t]+(?=\S)",
        rf"^[ \t]*{_TIME}(?:[ \t]*(?:-->|[-–—])[ \t]*{_TIME})?[ \t]*\n[ \t]*{_NAME}[ \t]*{_REMARK}?[ \t]*{_SPEECH_BELOW}",
        rf"^[ \t]*{_NAME}[ \t]*{_REMARK}?[ \t]*\n[ \t]*{_TIME}[ \t]*{_SPEECH_BELOW}",
    )
)


@dataclass(frozen=True, slots=True)
class Label:
    """A possible label: the name, its key, its place, and whether a time confirms it."""

    key: str
    name: str
    start: int
    end: int
    timed: bool = False


def labels(text: str) -> Iterator[Label]:
    """Yield the possible labels in order. Of labels that overlap, the first counts."""
    found = [_label(match, timed=False) for match in _COLON.finditer(text)]
    for pattern in _TIMED:
        found += [_label(match, timed=True) for match in pattern.finditer(text)]
    end = 0
    for each in sorted(found, key=lambda found: (found.start, not found.timed)):
        if each.start >= end:
            yield each
            end = each.end


def _label(match: re.Match[str], *, timed: bool) -> Label:
    name = " ".join(match["name"].split())
    return Label(name_key(name), name, match.start(), match.end(), timed)
