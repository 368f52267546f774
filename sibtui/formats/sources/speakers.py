"""Turns of speakers in a transcript. A turn is the words of one speaker, up to the words of the next speaker.

A turn begins with a label of the speaker, such as a name and a colon.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sibtui.formats.sources.speaker_labels import labels, line_end
from sibtui.formats.sources.speaker_pattern import labels_by_pattern
from sibtui.model.folding import name_key
from sibtui.model.segments import Segment

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from sibtui.formats.sources.speaker_labels import Label

_MOST_WORDS = 5
_INTERVIEWERS = frozenset(
    str.split(
        "interviewer moderator facilitator researcher host question i q"
        " interviewerin moderatorin moderation intervieweur intervieweuse enquêteur enquêtrice animateur animatrice"
        " entrevistador entrevistadora moderador moderadora intervistatore intervistatrice"
    )
)
_RESPONDENTS = frozenset(
    str.split(
        "interviewee respondent participant informant guest answer p"
        " befragte befragter interviewte interviewter teilnehmer teilnehmerin expertin experte proband probandin"
        " interviewé interviewée enquêté enquêtée participante entrevistado entrevistada intervistato intervistata"
        " geïnterviewde deelnemer"
    )
)
_ROLES = _INTERVIEWERS | _RESPONDENTS | frozenset(str.split("speaker spk sprecher sprecherin spreker a r"))
"""Names of roles. A role counts as a speaker even if it is in small letters or has only one turn."""
_NO_SPEAKERS = frozenset(
    str.split(
        "note notes nb n.b ps p.s caveat warning attention important remark comment summary conclusion context background"
        " example examples date time place location venue duration length title subject topic theme mode medium language"
        " recording recorded transcript transcribed transcription transcriber transcriptionist project study file version"
        " source sources reference references interview participants attendees present setting organisation organization"
        " role position age gender sector email e-mail phone tel url website address http https figure table appendix"
        " chapter section part page todo"
        " however firstly secondly thirdly finally first second third also because so then therefore thus instead result"
        " name names site aim aims goals strength strengths weakness weaknesses opportunity opportunities threat threats"
        " impression impressions observation observations action actions memo memos feelings thoughts outcome outcomes"
        " notiz notizen anmerkung hinweis datum ort zeit dauer beispiel remarque lieu exemple durée nota fecha lugar"
        " ejemplo data luogo esempio"
    )
)
"""Words that are often at the start of a line before a colon, but are not names: headers, remarks, phrases."""
_NUMBERED = frozenset(
    str.split(
        "question answer step phase item option day week year round stage article aim goal point"
        " january february march april may june july august september october november december"
    )
)
"""Words that are not speakers if a number follows them, as in “step 1”."""
_OPENINGS = frozenset(
    str.split("for in on at by to with from as if when while but or not what why how who where which this that")
)
_NUMBER = re.compile(r"_?\d+")
_YEAR = re.compile(r"(?<!\w)(?:19|20)\d\d(?!\w)")
"""The pattern of a year. Many transcripts begin with a line that has a date and a time; the year shows that this line is not a name."""
_PARTICLES = frozenset(
    str.split("a al and bin da dal de del della den der des di do dos du e el et ibn la le of the van von y und zu")
)
_OWN_FORM = re.compile(r"\[\d{2,}:\d\d:\d\d\] [^\n]+:[ \n]*")
"""The pattern of a label in a text that sibtui has made from subtitles. The name is certain, because it comes from the file."""
_CONSISTENT = 0.9
"""If at least this share of paragraphs begin with a name, even a name with a single turn counts as a speaker."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The passage of one speaker in a transcript, up to the passage of the next speaker.

    `segment` is the whole passage with the name. `speech` is the offset at which the words after the name begin;
    without such words, it is the end of the segment.

    `limit` is the start of the next place that looks like the label of a speaker, or the end of the text. Words
    between `limit` and the next turn have no speaker.
    """

    speaker: str
    segment: Segment
    speech: int
    limit: int


def turns(text: str, pattern: str = "") -> list[Turn]:
    """Return the turns in a text (passages of one speaker each), in order; an empty list if it is not a transcript.

    A turn begins with a label (see `speaker_labels`), such as a name and a colon at the start of a line. Usually, a
    name counts as a speaker only if it begins at least two turns. Names of the same form, such as P1 and P3, count
    together.

    If a `pattern` is given, each match of the pattern begins a turn, and names are not searched. The module
    `speaker_pattern` describes such patterns and their errors.
    """
    found = labels_by_pattern(text, pattern) if pattern else _possible(text)
    speakers = {label.key for label in found} if pattern else _speakers(text, found)
    limits = [*(label.start for label in found), len(text)][1:]
    names: dict[str, str] = {}
    result: list[Turn] = []
    for label, limit in zip(found, limits, strict=True):
        if label.key not in speakers:
            continue
        end = label.start + len(text[label.start : limit].rstrip())
        speech = end - len(text[label.end : end].lstrip()) if label.end < end else end
        result.append(Turn(names.setdefault(label.key, label.name), Segment(label.start, end), speech, limit))
    return result


def _possible(text: str) -> list[Label]:
    return [label for label in labels(text) if _may_be_name(label.name, label.key)]


def speakers_in(segment: Segment, found: Sequence[Turn]) -> tuple[str, ...]:
    """Return the speakers whose turns share text with a segment, in the order of their turns.

    `found` are all turns of the text.
    """
    starts = [turn.segment.start for turn in found]
    first, last = max(0, bisect_right(starts, segment.start) - 1), bisect_left(starts, segment.end)
    return tuple(dict.fromkeys(turn.speaker for turn in found[first:last] if turn.limit > segment.start))


def is_spoken(segment: Segment, found: Sequence[Turn]) -> bool:
    """Return whether every character of a segment is in a speaker's turn. `found` are all turns of the text."""
    starts = [turn.segment.start for turn in found]
    first, last = max(0, bisect_right(starts, segment.start) - 1), bisect_left(starts, segment.end)
    parts = ((max(turn.segment.start, segment.start), min(turn.limit, segment.end)) for turn in found[first:last])
    return sum(max(0, end - start) for start, end in parts) == segment.end - segment.start


def respondents(names: Iterable[str], interviewers: Collection[str] = ()) -> list[str]:
    """Return the speakers who are not interviewers, each once. `names` are the speakers of all passages, in order.

    `interviewers` are the names of the interviewers. If none are given, names such as Interviewer or Q are
    interviewers. In a text without such names, R is the interviewer if another speaker has a name such as P.
    """
    speakers = list(dict.fromkeys(names))
    roles = {speaker: _NUMBER.sub("", speaker.split()[0].casefold()) for speaker in speakers}
    if interviewers:
        named = {name_key(name) for name in interviewers}
        return [speaker for speaker in speakers if name_key(speaker) not in named]
    present = set(roles.values())
    asking = _INTERVIEWERS if present & _INTERVIEWERS or not present & _RESPONDENTS else {"r"}
    return [speaker for speaker in speakers if roles[speaker] not in asking]


def _may_be_name(name: str, key: str) -> bool:
    words = name.split()
    first = _NUMBER.sub("", words[0].casefold())
    numbered = _NUMBER.search(key) is not None
    if "@" in name:  # an address of e-mail, as Teams and Zoom name some guests
        return len(words) == 1
    if len(words) > _MOST_WORDS or _YEAR.search(name) or {key.rstrip("."), first if numbered else ""} & _NO_SPEAKERS:
        return False
    if first in _OPENINGS or (numbered and first in _NUMBERED):
        return False
    plain = [word for word in words if word.casefold() not in _PARTICLES or len(words) == 1]
    return bool(plain) and (not any(word[0].islower() for word in plain) or (first in _ROLES and len(words) <= 2))


def _speakers(text: str, found: Sequence[Label]) -> set[str]:
    counts = Counter(label.key for label in found)
    shapes = Counter(_shape(label.key) for label in found)
    known = {key for key in counts if counts[key] > 1 or (_shape(key) != key and shapes[_shape(key)] > 1)}
    roles = {key for key in counts if _NUMBER.sub("", key.split()[0]) in _ROLES}
    timed = {label.key for label in found if label.timed}
    known |= timed if timed & (known | roles) else set()  # a time confirms the name of a single turn
    if len(known) == 1 and not roles and not timed and not _is_name_of_one(text, found, *known):
        return set()
    return set(counts) if _is_consistent(text, found, known | roles) else known


def _is_name_of_one(text: str, found: Sequence[Label], key: str) -> bool:
    """Return whether a name with a colon is a speaker, and not a heading such as `Plan:`.

    Call this if only one name in the text begins several passages. `key` is the normalised form of this name. The
    name is a speaker if it begins at least half of the paragraphs, or if the text never has it in small letters.
    """
    mine = [label for label in found if label.key == key]
    if 2 * len(mine) >= _paragraphs(text, mine[0].start, mine):
        return True
    return re.search(rf"(?<!\w){re.escape(mine[0].name.lower())}(?!\w)", text) is None


def _paragraphs(text: str, start: int, found: Sequence[Label]) -> int:
    """Return how many lines with text there are after the offset `start`. `found` are the labels of the text.

    A line that has only a name is counted together with the next line.
    """
    alone = {end for label in found for end in _lines_of(text, label)}
    count, at, follows = 0, start, False
    while at < len(text):
        end = line_end(text, at)
        if text[at:end].strip():
            count += not follows
            follows = end in alone
        at = end + 1
    return count


def _lines_of(text: str, label: Label) -> Iterator[int]:
    """Yield the offset of the end of each line of a label.

    A label can have two lines: a time, and below it the name. If other words follow the label on its last line, yield
    nothing.
    """
    if not text[label.end : line_end(text, label.end)].strip():
        at = label.start
        while at < label.end:
            yield (at := line_end(text, at))
            at += 1


def _shape(key: str) -> str:
    """Return a name with each number replaced by 0, so that P1 and P3 give the same text."""
    return _NUMBER.sub("0", key)


def _is_consistent(text: str, found: Sequence[Label], speakers: set[str]) -> bool:
    """Return whether nearly all paragraphs begin with a label of a speaker.

    `found` are all possible labels; there must be at least two. `speakers` are the names that are known as speakers.
    Paragraphs before the first label with such a name are not counted. If there is no such label, all labels must have
    the form that sibtui itself writes (see `subtitles`).
    """
    first = next((label.start for label in found if label.key in speakers), None)
    if first is None and all(_OWN_FORM.fullmatch(text, label.start, label.end) for label in found):
        first = next((label.start for label in found), None)
    if first is None:
        return False
    paragraphs = _paragraphs(text, first, found)
    return len(found) > 1 and sum(label.start >= first for label in found) >= _CONSISTENT * paragraphs
