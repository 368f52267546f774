"""The effects of every command of the table editor (see `trials`)."""

from __future__ import annotations

from tests.tui.trials import LOSS, PAID, TRUST, Seen, Trial

FIRST, LAST = "f3 e wait end up up", "f3 e wait end"
"""The keys that open table-1 in the editor and go to its first row, and to its last row."""


def labels(seen: Seen) -> list[str]:
    return [row.label for row in seen.screen.table.rows]


def rows_are(expected: str, before: str, after: str = "") -> Trial:
    """Return the first letters of the row labels in their order."""
    return Trial(lambda seen: "".join(label[0] for label in labels(seen)) == expected, before, after)


TABLE_EDITOR = {
    "table.change": Trial(lambda seen: seen.screen.table.title == "hi", "f3 e wait", "ctrl+u h i enter"),
    "table.save": Trial(
        lambda seen: [row.label for row in seen.study.matrices.get("table-1").rows] == ["Trust", "Advance"],
        f"{FIRST} d wait",
    ),
    "table.switch": Trial(lambda seen: seen.screen.in_preview, FIRST),
    "table.add": rows_are("LTWA", f"{FIRST} down", "w h o enter"),
    "table.add_below": rows_are("LTAWP", LAST, "m o n e y enter"),
    "table.label": Trial(lambda seen: labels(seen)[0] == "hi", FIRST, "ctrl+u h i enter"),
    "table.add_code": Trial(lambda seen: seen.screen.table.rows[0].codes == (LOSS, TRUST), FIRST, "t r u s t enter"),
    "table.take_code": Trial(
        lambda seen: seen.screen.table.rows[2].codes == (PAID,), f"{LAST} c t r u s t enter", "down enter"
    ),
    "table.query": Trial(
        lambda seen: seen.screen.table.rows[0].query == "Doubts",
        FIRST,
        "enter",
        arrange=lambda study, _: study.queries.save("Doubts", "certainty tentative"),
    ),
    "table.subcodes": Trial(lambda seen: not seen.screen.table.rows[0].subcodes, FIRST),
    "table.note": Trial(lambda seen: seen.screen.table.rows[2].note == "hi", LAST, "h i escape"),
    "table.needs": Trial(lambda seen: seen.screen.table.rows[0].needs == ("interview",), FIRST, "space enter"),
    "table.row_up": rows_are("LAT", LAST),
    "table.row_down": rows_are("TLA", FIRST),
    "table.remove": rows_are("TA", FIRST),
    "table.column_left": Trial(lambda seen: seen.screen.table.only == ("SIB B", "SIB A"), f"{FIRST} tab l"),
    "table.column_right": Trial(lambda seen: seen.screen.table.only == ("SIB B", "SIB A"), f"{FIRST} tab"),
}
