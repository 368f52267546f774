"""The effects of every command of the import dialog, and the export of the evidence of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.widgets.fields import Field
from tests.tui.trials import Seen, Trial

if TYPE_CHECKING:
    from collections.abc import Callable

    from sibtui.project import Project

LISTED = "plus n . t x t enter wait"
"""The keys that open the import dialog with a file that is not yet in the study."""


def a_file(study: Project, _: object) -> None:
    (study.path.parent / "n.txt").write_text("A note from elsewhere.\n", encoding="utf-8")


def a_codebook(study: Project, _: object) -> None:
    path = study.codes.list()[0].path
    (study.path.parent / "n.csv").write_text(f"path,definition\n{path},Another definition.\n", encoding="utf-8")


def a_table(study: Project, _: object) -> None:
    (study.path.parent / "n.csv").write_text("document,tag,excerpt\nnobody,New,words\n", encoding="utf-8")


def listed(then: Callable[[Seen], bool], after: str = "") -> Trial:
    """Return a trial of a command that changes the listed files."""
    return Trial(then, LISTED, after, a_file)


def how(name: str, value: object, after: str = "") -> Trial:
    """Return a trial of a command that sets an option of all listed files."""
    return listed(lambda seen: seen.on == "ImportScreen" and getattr(seen.screen.preview.how, name) == value, after)


def mark(seen: Seen) -> str:
    return str(seen.screen.rows.rows[0].mark)


def is_there(name: str) -> Callable[[Seen], bool]:
    return lambda seen: (seen.study.path.parent / name).is_file()


INCOMING = {
    "incoming.bring": listed(lambda seen: "n" in seen.study.sources.names(), "wait"),
    "incoming.path": listed(lambda seen: isinstance(seen.app.focused, Field)),
    "incoming.help": listed(lambda seen: seen.on == "HelpScreen"),
    "incoming.palette": listed(lambda seen: seen.on == "StudyPalette"),
    "incoming.close": listed(lambda seen: seen.on == "CodingScreen" and "n" not in seen.study.sources.names()),
    "incoming.case": how("cases", ("SIB X",), "S I B space X enter"),
    "incoming.kind": how("kind", "interview"),
    "incoming.fidelity": how("fidelity", "notes"),
    "incoming.encoding": how("encoding", "utf-8", "down enter wait"),
    "incoming.language": how("language", "de", "d e enter"),
    "incoming.speakers": how("speakers", True, "wait"),
    "incoming.speaker_pattern": how("speakers", True, "enter wait"),
    "incoming.update": Trial(
        lambda seen: seen.on == "ImportScreen" and seen.screen.preview.update,
        LISTED.replace("t x t", "c s v"),
        "",
        a_codebook,
    ),
    "incoming.mark": listed(lambda seen: seen.on == "ImportScreen" and mark(seen) == "+*"),
    "incoming.mark_all": listed(lambda seen: seen.on == "ImportScreen" and seen.screen.preview.marked == {"0.0"}),
    "incoming.options": listed(lambda seen: seen.on == "OptionsDialog"),
    "incoming.codings": Trial(
        lambda seen: seen.on == "ImportScreen" and seen.screen.table is not None,
        LISTED.replace("t x t", "c s v"),
        "wait",
        a_table,
    ),
    "incoming.new_codes": Trial(
        lambda seen: seen.on == "ImportScreen" and seen.screen.table.options.new_codes,
        f"{LISTED.replace('t x t', 'c s v')} b wait",
        "wait",
        a_table,
    ),
    "incoming.leave_out": listed(lambda seen: seen.on == "ImportScreen" and mark(seen).strip() == ""),
    "incoming.rename": listed(
        lambda seen: seen.on == "ImportScreen" and seen.screen.rows.rows[0].text.startswith("n2"), "end 2 enter"
    ),
}
APPENDIX = Trial(is_there("x.md"), "f3", "ctrl+u x . m d enter wait")
"""The path of the file with the evidence of a table."""
