"""Storing the comments of a document with its source.

A comment that names a code becomes a coding. Any other comment becomes a memo.
"""

from __future__ import annotations

from dataclasses import replace

import sibtui
from sibtui.formats.codec import timestamps
from sibtui.model.comment_codes import CommentReader
from sibtui.model.frozen import dataclass
from sibtui.model.records import Stance
from sibtui.model.text import one_line
from sibtui.project.codings import Codings
from sibtui.project.importing.new_codes import make_codes
from sibtui.project.memos import Memos
from sibtui.project.shared.base import Session

_QUOTE = 40


@dataclass(frozen=True, slots=True)
class CommentsAdded:
    memos: int = 0
    codings: int = 0
    new_codes: tuple[str, ...] = ()


def add_comments(session: Session, draft: sibtui.SourceDraft, *, every_is_code: bool) -> CommentsAdded:
    """Store the comments of a source. Call this inside the act that adds the source.

    A comment becomes a coding if its text is the name of a code of the codebook, or has the form `Code: …`. With
    `every_is_code`, each short comment becomes a coding. The coder of the coding is the author of the comment. All
    other comments become memos on the source.

    If two comments of one author give a passage the same code with opposite stances, the second comment becomes a memo.
    """
    if not draft.comments:
        return CommentsAdded()
    reader = CommentReader(session.paths().values(), every=every_is_code)
    codings: dict[tuple[object, ...], sibtui.CodingDraft] = {}
    memos = 0
    for comment in draft.comments:
        reading, segment = reader.read(comment.text), comment.segment
        coder, created = comment.author.strip() or None, timestamps.instant_or_none(comment.created)
        stance: Stance = "counters" if reading.counters else "supports"
        there = {code: codings.get((code, segment, coder)) for code in reading.codes}
        opposite = any(each is not None and each.stance != stance for each in there.values())
        if segment is None or not reading.codes or opposite:
            place = "" if segment is None else f"{segment} “{one_line(segment.quote(draft.text), _QUOTE)}”"
            Memos(session).insert(sibtui.MemoDraft("source", draft.name, place, comment.text, coder, created))
            memos += 1
            continue
        for code in reading.codes:
            known = there[code] or sibtui.CodingDraft(
                draft.name, code, segment, coder=coder, created=created, stance=stance,
                certainty="tentative" if reading.tentative else "firm",
            )  # fmt: skip
            memo = "\n".join(filter(None, (known.memo, reading.memo)))
            codings[code, segment, coder] = replace(known, memo=memo)
    new = make_codes(session, codings.values())
    Codings(session).insert(codings.values())
    return CommentsAdded(memos, len(codings), tuple(new))
