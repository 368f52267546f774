"""Applying a code to all matches of a search: to the words found, or to the sentences that contain them.

All new codings are one entry of the history, so one undo removes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.model.drafts import CodingDraft
from sibtui.model.filters import CodingFilter
from sibtui.model.segments import Segment
from sibtui.model.sentences import Sentences
from sibtui.model.text import plural
from sibtui.workspace.codebook_view import short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.text_search import TextMatch
    from sibtui.project import Project


def code_matches(
    project: Project, matches: Sequence[TextMatch], code: str, *, sentences: bool = False, new: bool = False
) -> str:
    """Apply a code to the matches of a search, or to their sentences if `sentences` is set. Return a message.

    With `new`, the code is added to the codebook first. A passage that already has the code gets no second coding.
    Raises InputError if there are no matches, and NotFoundError if the code does not exist.
    """
    if not matches:
        raise InputError("There is no match to code.")
    path = code if new else project.codes.get(code).path
    segments = _sentences_of(project, matches) if sentences else [(match.source, match.segment) for match in matches]
    drafts = [CodingDraft(source, path, segment, how="search") for source, segment in dict.fromkeys(segments)]
    done = project.codings.import_(drafts, new_codes=new)
    if done.refused:
        raise InputError(f"Nothing was coded: {done.refused[0].why}")
    waits = f", {done.unattributed:,} of them without a case" if done.unattributed else ""
    same = f"; {done.same:,} had this code already" if done.same else ""
    return f"{plural(done.added, 'coding')} of {short(path)}{waits}{same}"


def _sentences_of(project: Project, matches: Sequence[TextMatch]) -> list[tuple[str, Segment]]:
    """Return (source name, segment of the sentences with the match) for each match."""
    read: dict[str, Sentences] = {}
    found = []
    for match in matches:
        if match.source not in read:
            text = project.sources.text(match.source)
            read = {match.source: Sentences(text, project.sources.language(match.source))}
        units = read[match.source]
        first, last = units.at(match.segment.start), units.at(match.segment.end - 1)
        found.append((match.source, Segment(min(first.start, match.segment.start), max(last.end, match.segment.end))))
    return found


def coded_already(project: Project, matches: Sequence[TextMatch], code: str) -> frozenset[int]:
    """Return the indexes of the matches that overlap a coding with this code."""
    spans: dict[str, list[Segment]] = {}
    for coding in project.codings.list(CodingFilter(codes=(code,), subcodes=False)):
        spans.setdefault(coding.source, []).append(coding.segment)
    return frozenset(
        at
        for at, match in enumerate(matches)
        if any(one.start < match.segment.end and match.segment.start < one.end for one in spans.get(match.source, ()))
    )
