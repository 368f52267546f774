"""The effects of every command of the sources screen (see `trials`).

The sources of the study are a1 (SIB A), m1 (SIB A, SIB B) and x1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.tui.trials import Seen, Trial, opens

if TYPE_CHECKING:
    from sibtui.project import Project


def source_is(field: str, value: Any, after: str = "", before: str = "f9 down", name: str = "m1") -> Trial:
    return Trial(lambda seen: getattr(seen.study.sources.get(name), field) == value, before, after)


def marked(seen: Seen) -> int:
    return len(seen.screen.table_pane.marked)


def names(seen: Seen) -> list[str]:
    return list(seen.study.sources.names())


def many_attributes(study: Project, _: object) -> None:
    study.sources.set("a1", attributes={f"attribute {number}": "word " * 9 for number in range(40)})


def topics(seen: Seen) -> list[tuple[str, str, str]]:
    return [(each.topic, each.case, each.state) for each in seen.study.sources.topics()]


SOURCE_TABLE = {
    "source.show": Trial(lambda seen: seen.on == "CodingScreen" and seen.main.workspace.source.name == "m1", "f9 down"),
    "source.mark": Trial(lambda seen: marked(seen) == 1, "f9"),
    "source.mark_all": Trial(lambda seen: marked(seen) == 3, "f9"),
    "source.filter": Trial(lambda seen: [row.key for row in seen.screen.rows.rows] == ["m1"], "f9", "f u n d"),
    "source.to_cases": Trial(lambda seen: seen.on == "CasesScreen", "f9"),
    "source.more": Trial(lambda seen: seen.scrolled("source-fields") > 0, "f9", arrange=many_attributes),
    "source.less": Trial(lambda seen: seen.scrolled("source-fields") == 0, "f9 n", arrange=many_attributes),
    "source.edit": source_is("language", "de", "l d e enter"),
    "source.rename": Trial(lambda seen: names(seen) == ["a1", "b2", "x1"], "f9 down", "ctrl+u b 2 enter"),
    "source.title": source_is("title", "Boss", "ctrl+u B o s s enter"),
    "source.kind": source_is("kind", "report", "r"),
    "source.date": Trial(
        lambda seen: seen.study.sources.get("m1").attributes.get("date") == "2020-05-14",
        "f9 down",
        "2 0 2 0 - 0 5 - 1 4 enter",
    ),
    "source.set_cases": source_is("cases", ("SIB B",), "ctrl+u S I B space B enter", name="x1", before="f9 end"),
    "source.attribute": Trial(
        lambda seen: seen.study.sources.get("m1").attributes.get("mode") == "by phone",
        "f9 down",
        "end enter m o d e enter b y space p h o n e enter",
    ),
    "source.attributes": Trial(
        lambda seen: [each.name for each in seen.study.attributes.list("source")] == ["day"],
        "f9",
        "enter r ctrl+u d a y enter",
    ),
    "source.topic": Trial(
        lambda seen: topics(seen) == [("People/Trust", "SIB B", "not asked")], "f9 down", "t r u s t enter b n"
    ),
    "source.portrait": opens("PictureBox", "f9"),
    "source.mark_read": source_is("reading", "read"),
    "source.write_memo": Trial(
        lambda seen: [memo.of for memo in seen.study.memos.list(on="source")] == ["m1"], "f9 down", "h i escape"
    ),
    "source.correct": Trial(
        lambda seen: seen.study.sources.text("x1").startswith("OhA note"),
        "f9 end",
        "O h escape enter",
    ),
    "source.remove": Trial(lambda seen: names(seen) == ["a1", "x1"], "f9 down"),
    "source.withdraw": Trial(lambda seen: names(seen) == ["a1", "x1"], "f9 down", "m 1 enter escape"),
    "source.withdraw_person": Trial(
        lambda seen: names(seen) == ["a1", "x1"],
        "f9",
        "J o enter J o enter escape",
        arrange=lambda study, _: study.sources.set("m1", attributes={"participant": "Jo"}),
    ),
    "source.up": Trial(lambda seen: names(seen) == ["m1", "a1", "x1"], "f9 down"),
    "source.down": Trial(lambda seen: names(seen) == ["a1", "x1", "m1"], "f9 down"),
}
