"""What every command does: the keys that lead to a state, those that finish it, and what is true after it but was not before.

A command that is not here, or not with its place, fails `test_every_command`. The study is `tabled`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from sibtui.model.drafts import CodingDraft
from sibtui.tui.widgets.matrix_grid import MatrixGrid
from sibtui.tui.widgets.row_list import RowList
from sibtui.tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from sibtui.model.records import Coding
    from sibtui.project import Project
    from sibtui.tui.app import SibtuiApp
    from sibtui.workspace.session_state import StudyState

LOSS, TRUST, PAID = "Money/Who carries the loss", "People/Trust", "Money/Paid in advance"


class Seen:
    """The app and the study, as a trial can inspect them."""

    def __init__(self, pilot: Pilot[Any]) -> None:
        self.app = cast("SibtuiApp", pilot.app)

    @property
    def study(self) -> Project:
        return self.app.project

    @property
    def screen(self) -> Any:
        return self.app.screen

    @property
    def on(self) -> str:
        """The name of the screen's class."""
        return type(self.app.screen).__name__

    @property
    def main(self) -> Any:
        """The coding screen."""
        return self.app.screen_stack[0]

    @property
    def selected(self) -> str:
        workspace = self.main.workspace
        return workspace.selection.quote(workspace.text) if workspace.selection else ""

    @property
    def row(self) -> str | None:
        return self.screen.query_one(RowList).key

    @property
    def cell(self) -> tuple[int, int]:
        grid = self.screen.query_one(MatrixGrid)
        return grid.row, grid.column

    def lines(self, name: str) -> str:
        return self.screen.query_one(f"#{name}", TextLines).text

    def scrolled(self, name: str) -> int:
        return int(self.screen.query_one(f"#{name}", TextLines).scroll_offset.y)

    @property
    def codings(self) -> list[Coding]:
        return list(self.study.codings.list())

    def quote(self, words: str) -> Coding:
        """Return the first coding whose quote begins with these words."""
        return next(coding for coding in self.codings if coding.quote.startswith(words))

    def coded(self, words: str, code: str) -> bool:
        return any(coding.quote == words and coding.code == code for coding in self.codings)

    @property
    def paths(self) -> list[str]:
        return [code.path for code in self.study.codes.list()]


@dataclass(frozen=True, slots=True)
class Trial:
    """A trial of a command. `before` and `after` are names of keys, separated by spaces.

    `then` returns False before the command and True after it.
    """

    then: Callable[[Seen], bool]
    before: str = ""
    after: str = ""
    arrange: Callable[[Project, StudyState], object] = field(default=lambda study, place: None)
    """A change of the study or the session state before the trial."""


def selects(words: str, before: str = "") -> Trial:
    return Trial(lambda seen: seen.selected == words, before)


def opens(screen: str, before: str = "") -> Trial:
    return Trial(lambda seen: seen.on == screen, before)


def around(seen: Seen) -> str:
    """Return the start of the line with the selection, up to one word after the selection."""
    workspace = seen.main.workspace
    text, at = workspace.text, workspace.selection
    return str(text[max(0, at.start - 25) : at.end])


FIRST = "They came for the money."
LOSES = "The loss falls on the fund."
NEXT_CODING = "right_square_bracket"

NOTE = {
    "move.next_sentence": selects(FIRST),
    "move.previous_sentence": selects(FIRST, "down down"),
    "move.next_paragraph": selects(LOSES, "down"),
    "move.previous_paragraph": selects("# The investor", "down down"),
    "move.page_down": selects("We employ the person they trust until March."),
    "move.page_up": selects("# The investor", "G"),
    "move.top": selects("# The investor", "G"),
    "move.end": selects("We employ the person they trust until March."),
    "move.next_uncoded": selects("The charity is paid in advance.", NEXT_CODING),
    "move.next_coding": selects(LOSES),
    "move.previous_coding": selects(LOSES, "G"),
    "move.jump_back": selects("It was not the return: evicting people cost more.", "down down greater_than_sign"),
    "move.count": Trial(
        lambda seen: seen.selected == "It was not the return: evicting people cost more.", "", "2 down"
    ),
    "move.overlapping": Trial(
        lambda seen: "▸ Tr" in seen.lines("detail"),
        NEXT_CODING,
        arrange=lambda study, _: study.codings.add(CodingDraft("a1", TRUST, quote=LOSES)),
    ),
    "select.grow": selects(f"{LOSES} The charity is paid in advance.", NEXT_CODING),
    "select.shrink": selects(LOSES, f"{NEXT_CODING} x"),
    "select.end_on": selects(FIRST, "down h"),
    "select.end_back": selects("They came for the money", "down"),
    "select.start_on": selects("came for the money.", "down"),
    "select.start_back": selects(FIRST, "down L"),
    "select.sentence": selects(FIRST, "down h L"),
    "select.paragraph": selects(
        f"{FIRST} It was not the return: evicting people cost more. Nobody had a service for them.", "down"
    ),
    "select.edges": Trial(lambda seen: seen.selected == "They came for the mone", "down", "left left"),
    "select.copy": Trial(lambda seen: seen.app.clipboard == FIRST, "down"),
    "coding.pick": Trial(lambda seen: seen.coded(FIRST, TRUST), "down", "t r u enter"),
    "coding.again": Trial(
        lambda seen: seen.coded("It was not the return: evicting people cost more.", LOSS), "down W down"
    ),
    "coding.in_vivo": Trial(lambda seen: "In vivo/They came for the money" in seen.paths, "down"),
    "coding.letter": Trial(lambda seen: seen.coded(FIRST, TRUST), "down", "u"),
    "coding.remove": Trial(lambda seen: LOSES not in [coding.quote for coding in seen.codings], NEXT_CODING),
    "coding.respan": Trial(
        lambda seen: seen.coded(f"{LOSES} The charity is paid in advance.", LOSS), f"{NEXT_CODING} x"
    ),
    "coding.recode": Trial(lambda seen: seen.coded(LOSES, PAID), NEXT_CODING, "p a i d enter"),
    "coding.pin": Trial(
        lambda seen: seen.coded("It was not the return: evicting people cost more.", LOSS), "down W", "down 1"
    ),
    "coding.stance": Trial(lambda seen: seen.quote(LOSES).stance == "counters", NEXT_CODING),
    "coding.certainty": Trial(lambda seen: seen.quote(LOSES).certainty == "tentative", NEXT_CODING),
    "coding.case": Trial(
        lambda seen: seen.quote("In A it was").cases == ("SIB B",), f"greater_than_sign {NEXT_CODING}", "b"
    ),
    "coding.memo": Trial(lambda seen: seen.quote(LOSES).memo == "hi", NEXT_CODING, "h i escape"),
    "source.memo": Trial(
        lambda seen: [memo.text for memo in seen.study.memos.list(on="source")] == ["hi"], "", "h i escape"
    ),
    "select.correct": Trial(
        lambda seen: seen.study.sources.text("a1").startswith("Oh # The"), "g", "home O h space escape enter"
    ),
    "source.read": Trial(lambda seen: seen.study.sources.get("a1").reading == "read"),
    "find.start": Trial(lambda seen: seen.selected == "trust", "", "t r u s t enter"),
    "find.next": Trial(lambda seen: seen.selected == "trust" and "employ" in around(seen), "slash t r u s t enter"),
    "find.previous": Trial(
        lambda seen: seen.selected == "trust" and "ask people" in around(seen), "slash t r u s t enter n"
    ),
    **{
        f"coding.pinned#{digit}": Trial(
            lambda seen: seen.coded(FIRST, TRUST),
            "down",
            arrange=lambda _, place, digit=digit: place.pins.update(
                {str(digit): TRUST, str(10 - digit): PAID} if digit != 5 else {"5": TRUST}
            ),
        )
        for digit in range(1, 10)
    },
    **{
        f"coding.key#{letter}": Trial(
            lambda seen: seen.coded(FIRST, PAID),
            "down",
            arrange=lambda study, _, letter=letter: (
                study.codes.set(LOSS, key=None),
                study.codes.set(TRUST, key=None),
                study.codes.set(PAID, key=letter),
            ),
        )
        for letter in "ABCDEFIKOPQSTVWYZ"
    },
}

CODING = {
    "pane.next": Trial(lambda seen: seen.main.focused is seen.main.codes),
    "pane.previous": Trial(lambda seen: seen.main.focused is seen.main.sources),
    "pane.note": Trial(lambda seen: seen.main.focused is seen.main.note, "tab"),
    "pane.filter": Trial(lambda seen: [row.text for row in seen.main.codes.rows] == ["Trust"], "", "t r u"),
    "source.next_due": Trial(
        lambda seen: seen.main.workspace.source.name == "x1" and seen.main.workspace.rereading is not None,
        arrange=lambda study, _: study.readings.add("x1", at="2020-01-01"),
    ),
    "source.cases": Trial(
        lambda seen: seen.study.sources.get("a1").cases == ("SIB A", "C"), "", "semicolon space C enter"
    ),
    "note.marks": Trial(lambda seen: seen.main.note._painter.dims_marks),
    "note.numbers": Trial(lambda seen: bool(seen.main.note.numbered)),
}
SOURCES = {
    "source.open": Trial(lambda seen: seen.main.workspace.source.name == "m1", "shift+tab down"),
    "sources.read": Trial(lambda seen: seen.study.sources.get("m1").reading == "read", "shift+tab down"),
}
CODEBOOK_PANE = {
    "code.apply": Trial(lambda seen: seen.coded("# The investor", LOSS), "tab down"),
    "code.pin": Trial(lambda seen: seen.coded("# The investor", LOSS), "tab down", "escape 1"),
    "code.find": Trial(lambda seen: [row.text for row in seen.main.codes.rows] == ["Trust"], "tab", "t r u"),
    "code.memo": Trial(
        lambda seen: [memo.of for memo in seen.study.memos.list(on="code")] == [LOSS], "tab down", "h i escape"
    ),
}
EVERYWHERE = {
    "source.next": Trial(lambda seen: seen.on == "CodingScreen" and seen.main.workspace.source.name == "m1", "f2"),
    "source.previous": Trial(lambda seen: seen.main.workspace.source.name == "a1", "greater_than_sign"),
    "go.coding": opens("CodingScreen", "f2"),
    "go.codebook": opens("CodebookScreen"),
    "go.matrix": opens("MatrixScreen"),
    "go.evidence": opens("EvidenceScreen"),
    "go.search": opens("SearchScreen"),
    "go.queue": opens("QueueScreen"),
    "go.history": opens("HistoryScreen"),
    "go.overview": opens("OverviewScreen"),
    "go.sources": opens("SourcesScreen"),
    "go.review": opens("ReviewScreen"),
    "go.cases": opens("CasesScreen"),
    "go.pseudonyms": opens("PseudonymsScreen"),
    "study.set": Trial(lambda seen: seen.study.study.name == "A studyx", "", "n x enter"),
    "study.coder": Trial(lambda seen: seen.study.coder == "R1x", "", "x enter"),
    "sources.add": opens("ImportScreen"),
    "study.merge": opens("ImportScreen"),
    "round.start": Trial(lambda seen: seen.study.rounds.current is not None, "", "b x enter enter"),
    "round.end": Trial(
        lambda seen: seen.study.rounds.current is None, arrange=lambda study, _: study.rounds.start("second pass")
    ),
    "study.export": Trial(
        lambda seen: (seen.study.path.parent / "x.html").is_file(), "", "enter ctrl+u x . h t m l enter wait"
    ),
    "study.backup": Trial(lambda seen: len(seen.study.backups.list()) == 1, "", "wait"),
    "study.backups": opens("MessageBox"),
    "study.undo": Trial(lambda seen: seen.quote(LOSES).stance == "supports", f"{NEXT_CODING} minus"),
    "study.redo": Trial(lambda seen: seen.quote(LOSES).stance == "counters", f"{NEXT_CODING} minus u"),
    "app.help": opens("HelpScreen"),
    "app.palette": opens("StudyPalette"),
    "app.theme": Trial(lambda seen: seen.app.theme == "nord", "", "n o r d enter"),
    "app.leave": Trial(lambda seen: seen.app._exit),
}


TRIALS = {"note": NOTE, "coding": CODING, "sources": SOURCES, "codebook pane": CODEBOOK_PANE, "everywhere": EVERYWHERE}
