"""The effects of every command of the cases screen (see `trials`). The cases of the study are SIB A and SIB B."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.tui.trials import Seen, Trial

if TYPE_CHECKING:
    from sibtui.project import Project


def labels(seen: Seen) -> list[str]:
    return [case.label for case in seen.study.cases.list()]


def long_values(study: Project, _: object) -> None:
    study.cases.set("SIB A", attributes={f"attribute {number}": "word " * 9 for number in range(40)})


def hidden(study: Project, _: object) -> None:
    study.cases.set("SIB A", private_name="Northern Homes")


CASE_TABLE = {
    "case.mark": Trial(lambda seen: seen.screen.table_pane.marked == {"SIB A"}, "f12"),
    "case.mark_all": Trial(lambda seen: seen.screen.table_pane.marked == {"SIB A", "SIB B"}, "f12"),
    "case.add": Trial(lambda seen: labels(seen)[-1] == "C", "f12", "C enter"),
    "case.rename": Trial(lambda seen: labels(seen) == ["SIB A", "C"], "f12 down", "ctrl+u C enter"),
    "case.merge": Trial(lambda seen: labels(seen) == ["SIB A"], "f12 down", "a"),
    "case.remove": Trial(lambda seen: labels(seen) == ["SIB B"], "f12"),
    "case.up": Trial(lambda seen: labels(seen) == ["SIB B", "SIB A"], "f12 down"),
    "case.down": Trial(lambda seen: labels(seen) == ["SIB B", "SIB A"], "f12"),
    "case.edit": Trial(lambda seen: seen.study.cases.get("SIB A").letter == "x", "f12", "l ctrl+u x enter"),
    "case.attribute": Trial(
        lambda seen: seen.study.cases.get("SIB A").attributes == {"city": "Leeds"},
        "f12",
        "end enter c i t y enter L e e d s enter",
    ),
    "case.attributes": Trial(
        lambda seen: [(each.name, each.kind) for each in seen.study.attributes.list("case")] == [("size", "number")],
        "f12",
        "enter s i z e enter n",
    ),
    "case.private": Trial(lambda seen: seen.study.cases.get("SIB A").private_name == "Leeds", "f12", "L e e d s enter"),
    "case.letter": Trial(lambda seen: seen.study.cases.get("SIB A").letter == "x", "f12", "ctrl+u x enter"),
    "case.memo": Trial(
        lambda seen: [memo.of for memo in seen.study.memos.list(on="case")] == ["SIB A"], "f12", "h i escape"
    ),
    "case.to_sources": Trial(lambda seen: seen.on == "SourcesScreen", "f12"),
    "case.evidence": Trial(
        lambda seen: seen.on == "EvidenceScreen" and len(seen.screen.quotes.codings) == 1, "f12 down"
    ),
    "case.reveal": Trial(lambda seen: "Northern Homes" in seen.lines("case-fields"), "f12", arrange=hidden),
    "case.more": Trial(lambda seen: seen.scrolled("case-fields") > 0, "f12", arrange=long_values),
    "case.less": Trial(lambda seen: seen.scrolled("case-fields") == 0, "f12 n", arrange=long_values),
}
