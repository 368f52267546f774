"""Lines for the screen with the passages on which two coders disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.text import excerpt, one_line
from sibtui.tui.note.margin import qualifier_words
from sibtui.tui.widgets.row_list import ListRow
from sibtui.tui.widgets.text_lines import Line, cut, wrapped
from sibtui.workspace.codebook_view import short, whole

if TYPE_CHECKING:
    from sibtui.model.records import Coding
    from sibtui.workspace.disagreement_browser import DisagreementBrowser, DisputedPassage


def passage_rows(browser: DisagreementBrowser) -> list[ListRow]:
    """Return a row for each passage that two coders coded differently. The name of each source is above its passages.

    A passage with a decision has a mark on the left, and the decision on the right.
    """
    if browser.coders is None:
        return []
    rows: list[ListRow] = []
    source = None
    for each in browser.passages:
        found = each.disagreement
        if found.source != source:
            source = found.source
            rows.append(ListRow(None, one_line(source, 60)))
        codes = dict.fromkeys(one_line(short(coding.code), 40) for coding in found.codings)
        rows.append(
            ListRow(
                str(each.number),
                f"{' / '.join(codes)}: {excerpt(found.codings[0].quote, 200)}",
                mark="? " if found.stale else "✓ " if found.decision else "  ",
                right=found.decision_now or each.kinds_in_words(browser.coders),
                indent=1,
                quiet=bool(found.decision) and not found.stale,
                prose=True,
            )
        )
    return rows


def side_lines(key: str, coder: str, coding: Coding | None, width: int, *, verbatim: bool) -> list[Line]:
    """Return the coding of one coder as lines of at most `width` cells.

    `key` is the label of the key that chooses this coding. `coding` is None if the coder did not code the passage. If
    `verbatim` is True, the source is a word-for-word record, and the quote gets quotation marks.
    """
    lines: list[Line] = [[(f"{key} ", "key"), (cut(one_line(coder), width - len(key) - 1), "strong")]]
    if coding is None:
        return [*lines, [("no coding here", "quiet")]]
    facts = ", ".join((*qualifier_words(coding), *(coding.cases or ("no case yet",))))
    lines += [[(row, "text")] for row in wrapped(whole(coding.code), width)]
    lines += [[(row, "warning" if qualifier_words(coding) else "quiet")] for row in wrapped(facts, width)]
    words = one_line(coding.quote)
    lines += [[(row, "text")] for row in wrapped(f"“{words}”" if verbatim else words, width)]
    memo = wrapped(f"Memo: {one_line(coding.memo)}", width) if coding.memo else []
    return [*lines, *([(row, "quiet")] for row in memo)]


def around_lines(passage: DisputedPassage, width: int, room: int) -> list[Line]:
    rows = wrapped(one_line(passage.disagreement.sentence), width)
    shown = rows if len(rows) <= room else [*rows[: room - 1], "…"]
    return [[(row, "quiet")] for row in shown]
