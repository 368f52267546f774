"""Who speaks where: the turns of a transcript, each begun by a name and a colon."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sibtui.model.segments import Segment

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

_TIME = r"[\[(<]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])>]?"
_LABEL = re.compile(
    rf"^[ \t]*(?:{_TIME}[ \t]*[-–]?[ \t]*)?(?P<bold>\*\*|__)?(?P<name>[^\W\d_][^:：\n*\[\](){{}}<>|\"“”„«»?!;]{{0,39}}?)"
    rf"[ \t]*(?:(?:\([^()\n]{{1,30}}\)|{_TIME})[ \t]*)?(?(bold)(?:\*\*|__)?)[:：](?(bold)(?:\*\*|__)?)(?=[ \t]|$|(?<=：))[ \t]*",
    re.MULTILINE,
)
_MOST_WORDS = 5
_ROLES = frozenset(
    str.split(
        "interviewer interviewee moderator facilitator respondent participant informant speaker researcher host guest"
        " question answer q a i r p"
    )
)
"""Names of whoever asks and answers: these are speakers in small letters too, and when they speak once."""
_ASKING = frozenset(str.split("interviewer moderator facilitator researcher host question i q"))
_ASKED = frozenset(str.split("interviewee respondent participant informant guest answer p"))
_NO_SPEAKERS = frozenset(
    str.split(
        "note notes nb n.b ps p.s caveat warning attention important remark comment summary conclusion context background"
        " example examples date time place location venue duration length title subject topic theme mode medium language"
        " recording recorded transcript transcribed transcription transcriber transcriptionist project study file version"
        " source sources reference references interview participants attendees present setting organisation organization"
        " role position age gender sector email e-mail phone tel url website address http https figure table appendix"
        " chapter section part page todo"
        " however firstly secondly thirdly finally first second third also because so then therefore thus instead result"
        " notiz notizen anmerkung hinweis datum ort zeit dauer beispiel remarque lieu exemple durée nota fecha lugar"
        " ejemplo data luogo esempio"
    )
)
"""What stands before a colon at the beginning of lines and is no name: headers of transcripts, remarks, turns of prose."""
_NUMBERED = frozenset(
    str.split("question answer step phase item option day week year round stage article aim goal point")
)
"""What is numbered in a text and does not speak."""
_OPENINGS = frozenset(
    str.split("for in on at by to with from as if when while but or not what why how who where which this that")
)
_NUMBER = re.compile(r"\d+")
_PARTICLES = frozenset(
    str.split("a al and bin da dal de del della den der des di do dos du e el et ibn la le of the van von y und zu")
)
_CONSISTENT = 0.9
"""The share of paragraphs that begin with a name in a text where one turn is enough to be a speaker."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says before the next one does.

    The segment is the whole turn, name included; the speech begins at the offset `speech`: at its end if there is none.
    """

    speaker: str
    segment: Segment
    speech: int


@dataclass(frozen=True, slots=True)
class _Label:
    key: str
    name: str
    start: int
    end: int


def turns(text: str) -> list[Turn]:
    """The turns of a text, in order; none when it is no transcript.

    A speaker is a name with a colon at the beginning of a line, in front of it at most a time, that has two turns or
    more, or has them together with names of its kind (P3 beside P1), or stands where nearly all paragraphs are turns.
    """
    labels = list(_labels(text))
    speakers = _speakers(text, labels)
    taken = [label for label in labels if label.key in speakers]
    limits = [*(label.start for label in taken), len(text)][1:]
    names: dict[str, str] = {}
    found: list[Turn] = []
    for label, limit in zip(taken, limits, strict=True):
        end = label.start + len(text[label.start : limit].rstrip())
        speech = end - len(text[label.end : end].lstrip()) if label.end < end else end
        found.append(Turn(names.setdefault(label.key, label.name), Segment(label.start, end), speech))
    return found


def asked(found: Sequence[Turn], asking: Collection[str] = ()) -> list[str]:
    """Those who speak and do not ask, each once, in the order in which they begin to speak.

    `asking` names who asks, letter case aside; without it these are told by what they are called (Interviewer, Q, I …; R
    beside P or a participant, where nobody else asks).
    """
    speakers = list(dict.fromkeys(turn.speaker for turn in found))
    roles = {speaker: _NUMBER.sub("", speaker.split()[0].casefold()) for speaker in speakers}
    if asking:
        names = {name.strip().casefold() for name in asking}
        return [speaker for speaker in speakers if speaker.casefold() not in names]
    there = set(roles.values())
    ask = _ASKING if there & _ASKING or not there & _ASKED else {"r"}
    return [speaker for speaker in speakers if roles[speaker] not in ask]


def _labels(text: str) -> Iterator[_Label]:
    for match in _LABEL.finditer(text):
        name = " ".join(match["name"].split())
        key = name.casefold()
        if _may_be_name(name, key):
            yield _Label(key, name, match.start(), match.end())


def _may_be_name(name: str, key: str) -> bool:
    words = name.split()
    first = _NUMBER.sub("", words[0].casefold())
    numbered = _NUMBER.search(key) is not None
    if len(words) > _MOST_WORDS or {key.rstrip("."), first if numbered else ""} & _NO_SPEAKERS:
        return False
    if first in _OPENINGS or (numbered and first in _NUMBERED):
        return False
    plain = [word for word in words if word.casefold() not in _PARTICLES or len(words) == 1]
    return bool(plain) and (not any(word[0].islower() for word in plain) or (first in _ROLES and len(words) <= 2))


def _speakers(text: str, labels: Sequence[_Label]) -> set[str]:
    counts = Counter(label.key for label in labels)
    shapes = Counter(_shape(label.key) for label in labels)
    known = {key for key in counts if counts[key] > 1 or (_shape(key) != key and shapes[_shape(key)] > 1)}
    roles = {key for key in counts if _NUMBER.sub("", key.split()[0]) in _ROLES}
    return set(counts) if _is_consistent(text, labels, known | roles) else known


def _shape(key: str) -> str:
    """The name with its digits alike: P3 is such a name as P1 is."""
    return _NUMBER.sub("0", key)


def _is_consistent(text: str, labels: Sequence[_Label], speakers: set[str]) -> bool:
    """Whether nearly all paragraphs, from the first that is begun by one of the speakers, begin with some name."""
    first = next((label.start for label in labels if label.key in speakers), None)
    if first is None:
        return False
    paragraphs = sum(1 for line in text[first:].split("\n") if line.strip())
    return len(labels) > 1 and sum(label.start >= first for label in labels) >= _CONSISTENT * paragraphs
