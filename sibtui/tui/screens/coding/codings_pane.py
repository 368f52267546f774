"""The pane that lists the codings at the selection.

While the list of codes or of sources has the focus, the pane shows the code or source under the cursor instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.codebook import split_path
from sibtui.tui.hints import current_key, keymap_of, with_keys
from sibtui.tui.note.margin import qualifier_mark
from sibtui.tui.views.source_lines import source_lines
from sibtui.tui.widgets.text_lines import Line, TextLines, cut, wrapped
from sibtui.workspace.codebook_view import short

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sibtui.model.records import Code, Coding, Source
    from sibtui.tui.note.painting import NoteStyle


class CodingsPane(TextLines):
    """The pane that shows a code, a source, or the codings at the selection."""

    def __init__(self) -> None:
        super().__init__(id="detail", inset=1)

    @property
    def _cells(self) -> int:
        return max(16, self.room)

    def show_codings(self, codings: Sequence[Coding], active: int | None, style_of: Callable[[str], NoteStyle]) -> None:
        """Show codings, and scroll to the active coding. `active` is its id."""
        lines, active_lines = codings_lines(codings, active, style_of, self._cells, keymap_of(self.app))
        self.set_lines(lines)
        self.reveal(*active_lines)

    def show_code(self, code: Code | None) -> None:
        self.set_lines(code_lines(code, self._cells, keymap_of(self.app)))
        self.reveal(0, 0)

    def show_source(self, source: Source | None) -> None:
        self.set_lines(source_lines(source, self._cells))
        self.reveal(0, 0)


def codings_lines(
    codings: Sequence[Coding],
    active: int | None,
    style_of: Callable[[str], NoteStyle],
    width: int,
    keymap: Mapping[str, str],
) -> tuple[list[Line], tuple[int, int]]:
    """Return (codings as lines, indexes of the first and the last line of the active coding).

    `active` is the id of the active coding. `style_of` returns the tag (short name) and the colour of a code, given
    its path. If no coding is active, both indexes are 0.
    """
    if not codings:
        rows = wrapped(with_keys("{coding.pick} applies a code to the selection.", keymap), width)
        return [[("No coding here", "strong")], *([(row, "quiet")] for row in rows)], (0, 0)
    no_case = with_keys("no case yet: {coding.case} chooses it", keymap)
    lines: list[Line] = []
    active_lines = (0, 0)
    for coding in codings:
        if lines:
            lines.append([])
        first, is_active = len(lines), coding.id == active
        lines += _coding_lines(coding, style_of(coding.code), width, no_case, is_active=is_active)
        if is_active:
            active_lines = (first, len(lines) - 1)
    return lines, active_lines


def _coding_lines(coding: Coding, style: NoteStyle, width: int, no_case: str, *, is_active: bool) -> list[Line]:
    head = wrapped(short(coding.code), max(8, width - 6))
    text = "strong" if is_active else "text"
    lines: list[Line] = [
        [
            ("▸ " if is_active else "  ", "key"),
            (f"{style.tag}{qualifier_mark(coding)} ", style.colour or "strong"),
            (head[0], text),
        ]
    ]
    lines += [[(" " * 6 + row, text)] for row in head[1:]]
    stance = "counter-evidence" if coding.stance == "counters" else "supports"
    cases = ", ".join(coding.cases)
    facts = (
        (f"{stance}, {coding.certainty}", "quiet"),
        (cases or no_case, "quiet" if cases else "warning"),
        (coding.coder, "quiet"),
    )
    lines += [[(f"      {cut(fact, width - 6)}", style_name)] for fact, style_name in facts]
    if coding.memo:
        lines += [[("      " + row, "text")] for row in wrapped(coding.memo, max(8, width - 6))]
    return lines


def codings_line(codings: Sequence[Coding], active: int | None, width: int, keymap: Mapping[str, str]) -> Line:
    """Return one line about the active coding, for narrow screens. `active` is the id of the active coding.

    If there are more codings, a text such as “and 2 more” follows.
    """
    if not codings:
        return [("No coding here", "quiet")]
    shown = next((coding for coding in codings if coding.id == active), codings[0])
    facts = [short(shown.code)]
    facts += ["counter-evidence"] if shown.stance == "counters" else []
    facts += ["tentative"] if shown.certainty == "tentative" else []
    facts.append(", ".join(shown.cases) or "no case yet")
    facts += ["memo"] if shown.memo else []
    more = ""
    if len(codings) > 1:
        more = f" · and {len(codings) - 1} more ({current_key('move.overlapping', keymap)})"
    return [(cut(" · ".join(facts), width - len(more)), "text"), (more, "quiet")]


def code_lines(code: Code | None, width: int, keymap: Mapping[str, str]) -> list[Line]:
    """Return a code as lines: its path, its definition, when to use it, and when not to use it."""
    if code is None:
        return []
    lines: list[Line] = [[(row, "strong")] for row in wrapped(" / ".join(split_path(code.path)), width)]
    for name, text in (("", code.definition), ("Use it for: ", code.include), ("Not for: ", code.exclude)):
        if text:
            lines += [[], *([(row, "text")] for row in wrapped(name + text, width))]
    if not code.definition:
        missing = with_keys("No definition yet: write it in the codebook ({go.codebook}).", keymap)
        lines += [[], *([(row, "quiet")] for row in wrapped(missing, width))]
    return lines
