"""The effects of every command of the other screens (see `trials`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.drafts import CodeDraft, CodingDraft, MemoDraft
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.tui.widgets.matrix_grid import MatrixGrid
from tests.tui.trials import LOSES, LOSS, PAID, TRUST, Seen, Trial, opens
from tests.tui.trials_cases import CASE_TABLE
from tests.tui.trials_disagreements import DISAGREEMENTS
from tests.tui.trials_incoming import APPENDIX, INCOMING
from tests.tui.trials_merge import MERGE
from tests.tui.trials_sources import SOURCE_TABLE
from tests.tui.trials_table_editor import TABLE_EDITOR

if TYPE_CHECKING:
    from sibtui.project import Project


def field_is(name: str, value: str | None, before: str = "f2 down down", after: str = "", code: str = PAID) -> Trial:
    return Trial(lambda seen: getattr(seen.study.codes.get(code), name) == value, before, after)


def long_definition(study: Project, _: object) -> None:
    study.codes.set(LOSS, definition=" ".join(["word"] * 1500))


def focus_is(name: str, before: str) -> Trial:
    return Trial(lambda seen: seen.screen.focused is getattr(seen.screen, name), before)


def alike(study: Project, _: object) -> None:
    study.codes.add(CodeDraft("People/Paid in advances"))


CODEBOOK = {
    "code.add": Trial(lambda seen: "Money/Fees" in seen.paths, "f2 down", "F e e s enter"),
    "code.add_theme": Trial(lambda seen: "Fees" in seen.paths, "f2 down", "F e e s enter"),
    "code.rename": Trial(lambda seen: "Money/Fees" in seen.paths, "f2 down down", "ctrl+u F e e s enter"),
    "code.cut": Trial(lambda seen: "Taken: Paid" in seen.lines("status-bar"), "f2 down down"),
    "code.paste": Trial(lambda seen: seen.row == "People/Paid in advance", "f2 down down x down"),
    "code.paste_after": Trial(lambda seen: seen.paths[1:3] == [PAID, LOSS], "f2 down x down"),
    "code.paste_top": Trial(lambda seen: "Paid in advance" in seen.paths, "f2 down down x down"),
    "code.up": Trial(lambda seen: seen.paths[1:3] == [PAID, LOSS], "f2 down down"),
    "code.down": Trial(lambda seen: seen.paths[1:3] == [PAID, LOSS], "f2 down"),
    "code.merge": Trial(lambda seen: LOSS not in seen.paths, "f2 down", "t r u s t enter"),
    "code.split": Trial(lambda seen: "Money/Fees" in seen.paths, "f2 down", "space enter F e e s enter"),
    "code.retire": field_is("status", "retired"),
    "code.remove": Trial(
        lambda seen: "Money/Spare" not in seen.paths,
        "f2 down down down",
        arrange=lambda study, _: study.codes.add(CodeDraft("Money/Spare")),
    ),
    "code.similar": Trial(lambda seen: "People/Paid in advances" not in seen.paths, "f2", "wait enter 1", alike),
    "code.proposals": Trial(
        lambda seen: "Peers" in seen.paths, "f2", "m", lambda study, _: study.proposals.add("Peers", coder="R2")
    ),
    "code.edit": field_is("definition", "hi", after="d h i escape"),
    "code.definition": field_is("definition", "hi", after="h i escape"),
    "code.include": field_is("include", "hi", after="h i escape"),
    "code.exclude": field_is("exclude", "hi", after="h i escape"),
    "code.example": field_is("example", "hi", after="h i escape"),
    "code.origin": field_is("origin", "deductive", after="d"),
    "code.status": field_is("status", "proposed", after="p"),
    "code.colour": field_is("colour", "purple", after="p"),
    "code.key": field_is("key", "Q", after="q"),
    "codes.memo": Trial(
        lambda seen: [memo.of for memo in seen.study.memos.list(on="code")] == [PAID], "f2 down down", "h i escape"
    ),
    "codes.quotes": focus_is("quotes", "f2 down"),
    "codes.more": Trial(lambda seen: seen.scrolled("fields") > 0, "f2 down", arrange=long_definition),
    "codes.less": Trial(lambda seen: seen.scrolled("fields") == 0, "f2 down space", arrange=long_definition),
    "codes.filter": Trial(lambda seen: [row.key for row in seen.screen.rows.rows] == [TRUST], "f2", "t r u s t"),
    "codes.meeting": Trial(lambda seen: "No passage of another code" in seen.lines("status-bar"), "f2 end up", "wait"),
    "codes.evidence": Trial(
        lambda seen: seen.on == "EvidenceScreen" and [c.code for c in seen.screen.quotes.codings] == [TRUST] * 2,
        "f2 end up",
    ),
}
CODEBOOK_QUOTES = {
    "quote.copy": Trial(lambda seen: seen.app.clipboard == LOSES, "f2 down tab"),
    "quote.open": Trial(lambda seen: seen.on == "CodingScreen" and seen.selected == LOSES, "f2 down tab"),
    "quote.example": field_is("example", f"{LOSES} (a1)", "f2 down tab", code=LOSS),
    "quote.back": focus_is("rows", "f2 down tab"),
}


def cell(row: int, column: int, before: str) -> Trial:
    return Trial(lambda seen: seen.cell == (row, column), before)


def heading(words: str, before: str, after: str = "") -> Trial:
    return Trial(lambda seen: seen.on == "MatrixScreen" and words in seen.lines("heading"), before, after)


def judged(study: Project, _: object) -> None:
    study.matrices.judge("table-1", "Loss", "SIB A", "absent", "not theirs")


def judged_trust(study: Project, _: object) -> None:
    study.matrices.judge("table-1", "Trust", "SIB A", "absent", "not theirs")


def unmarked(study: Project, _: object) -> None:
    rows = (RowDefinition("Trust", (TRUST,)),)
    study.matrices.define(MatrixDefinition("table-1", "", rows, marks={"rejected": ""}))


CELLS = {
    "cell.down": cell(1, 0, "f3"),
    "cell.up": cell(1, 0, "f3 j j"),
    "cell.right": cell(0, 1, "f3"),
    "cell.left": cell(0, 0, "f3 l"),
    "cell.page_down": cell(2, 0, "f3"),
    "cell.page_up": cell(0, 0, "f3 G"),
    "cell.first_row": cell(0, 0, "f3 G"),
    "cell.last_row": cell(2, 0, "f3"),
    "cell.first_column": cell(0, 0, "f3 end"),
    "cell.last_column": cell(0, 1, "f3"),
}
MATRIX = {
    "cell.open": Trial(lambda seen: seen.on == "EvidenceScreen", "f3 down"),
    "cell.evidence": Trial(
        lambda seen: seen.on == "EvidenceScreen" and [c.quote for c in seen.screen.quotes.codings] == ["until March"],
        "f3 down",
    ),
    "cell.judge": Trial(
        lambda seen: [j.because for j in seen.study.matrices.get("table-1").judgements] == ["hi"],
        "f3",
        "g down enter h i escape",
    ),
    "cell.summary": Trial(
        lambda seen: [each.summary.text for each in seen.study.summaries.list()] == ["hi"], "f3", "h i escape"
    ),
    "cell.unjudge": Trial(lambda seen: not seen.study.matrices.get("table-1").judgements, "f3", arrange=judged),
    "matrix.next": heading("Table 2.", "f3"),
    "matrix.previous": heading("Table 1.", "f3 right_square_bracket"),
    "matrix.choose": heading("Table 2.", "f3", "down enter"),
    "matrix.theme": heading("temporary", "f3", "m o n e y enter"),
    "matrix.all_codes": heading("All codes", "f3"),
    "matrix.columns": heading("temporary", "f3", "down enter"),
    "matrix.states": Trial(
        lambda seen: "–" in seen.screen.query_one(MatrixGrid).render_line(2).text, "f3", arrange=unmarked
    ),
    "matrix.figures": heading("quotes counted", "f3"),
    "matrix.appendix": APPENDIX,
    "matrix.export": Trial(lambda seen: (seen.study.path.parent / "t.md").is_file(), "f3", "ctrl+u t . m d enter"),
    "matrix.copy": Trial(lambda seen: "\tSIB A\tSIB B\n" in seen.app.clipboard, "f3"),
    "matrix.duplicate": Trial(
        lambda seen: ("t9", "Table 1. What is there") in [(m.name, m.title) for m in seen.study.matrices.list()],
        "f3",
        "ctrl+u t 9 enter",
    ),
    "matrix.rename": heading("t9 · 1 of 2", "f3", "ctrl+u t 9 enter"),
    "matrix.remove": heading("table-2 · 1 of 1", "f3"),
    "matrix.narrow": heading("only evidence", "f3", "space enter"),
    "matrix.shade": heading("cells shaded by quotes", "f3"),
    "matrix.pattern": heading("rows by pattern", "f3"),
    "matrix.judgements": Trial(lambda seen: seen.cell == (1, 0), "f3", "enter", judged_trust),
    "matrix.edit": opens("MatrixEditorScreen", "f3"),
    "matrix.new": opens("MatrixEditorScreen", "f3"),
    "matrix.save": Trial(lambda seen: "t9" in [m.name for m in seen.study.matrices.list()], "f3", "ctrl+u t 9 enter"),
}


def marked(seen: Seen) -> int:
    return len(seen.screen._marked)


def third(then: object, after: str = "") -> Trial:
    """Return a trial of a command that changes the third quote."""
    return Trial(lambda seen: then(seen.quote("Of all four")), "f4 down down", after)  # type: ignore[operator]


EVIDENCE = {
    "quotes.open": Trial(lambda seen: seen.on == "CodingScreen" and seen.selected == "until March", "f4 down"),
    "quotes.filter": Trial(
        lambda seen: [c.quote for c in seen.screen.quotes.codings] == ["until March"], "f4", "c o u n t e r s enter"
    ),
    "quotes.query": Trial(lambda seen: seen.screen.query_one("#quotes-query").has_class("-open"), "f4"),
    "quotes.of_code": Trial(
        lambda seen: {c.code for c in seen.screen.quotes.codings} == {TRUST}, "f4", "t r u s t enter"
    ),
    "quotes.all": Trial(lambda seen: len(seen.screen.quotes.codings) == 6, "f4 f c o u n t e r s enter"),
    "quotes.disagreements": opens("DisagreementsScreen", "f4"),
    "quotes.mark": Trial(lambda seen: marked(seen) == 1, "f4"),
    "quotes.mark_all": Trial(lambda seen: marked(seen) == 6, "f4"),
    "quotes.copy": Trial(lambda seen: seen.app.clipboard == "until March", "f4 down"),
    "quotes.for_paper": third(lambda coding: coding.for_paper),
    "quotes.stance": third(lambda coding: coding.stance == "counters"),
    "quotes.certainty": third(lambda coding: coding.certainty == "tentative"),
    "quotes.case": third(lambda coding: coding.cases == ("SIB B",), "b"),
    "quotes.code": third(lambda coding: coding.code == PAID, "a d v enter"),
    "quotes.memo": third(lambda coding: coding.memo == "hi", "h i escape"),
    "quotes.remove": Trial(lambda seen: len(seen.codings) == 5, "f4"),
}


def waits(words: str, before: str) -> Trial:
    return Trial(lambda seen: seen.screen.queue.coding.quote.startswith(words), before)


def long_note(study: Project, _: object) -> None:
    from sibtui.model.drafts import SourceDraft
    from sibtui.model.segments import Segment

    study.sources.add([SourceDraft("a0", "A sentence of some words.\n\n" * 120, cases=("SIB A", "SIB B"))])
    for coding in list(study.codings.list()):
        if not coding.cases:
            study.codings.remove(coding.id)
    study.codings.add(CodingDraft("a0", TRUST, Segment(1620, 1640)))


def top(seen: Seen) -> int:
    """Return the first visible line of the note around the quote. At the start it is 32, on a screen of 24 rows."""
    return seen.scrolled("queue-text")


QUEUE = {
    "queue.skip": waits("In A it was", "f6"),
    "queue.back": waits("Of all four", "f6 down"),
    "queue.take": third(lambda coding: coding.cases == ("SIB A", "SIB B")),
    "queue.everyone": third(lambda coding: coding.cases == ("SIB A", "SIB B")),
    "queue.find": Trial(third(lambda coding: coding.cases == ("SIB B",)).then, "f6", "b enter"),
    "queue.page_down": Trial(lambda seen: top(seen) > 32, "f6", arrange=long_note),
    "queue.page_up": Trial(lambda seen: top(seen) < 32, "f6", arrange=long_note),
    "queue.open": Trial(lambda seen: seen.on == "CodingScreen" and seen.selected.startswith("In A"), "f6 down"),
    "queue.stance": third(lambda coding: coding.stance == "counters"),
    "queue.certainty": third(lambda coding: coding.certainty == "tentative"),
    "queue.memo": third(lambda coding: coding.memo == "hi", "h i escape"),
    "queue.remove": Trial(lambda seen: len(seen.codings) == 5, "f6"),
}
for name in ("queue.everyone", "queue.stance", "queue.certainty", "queue.memo"):
    QUEUE[name] = Trial(QUEUE[name].then, "f6", QUEUE[name].after)
QUEUE["queue.take"] = Trial(QUEUE["queue.take"].then, "f6 A B")

SEARCH = {
    "search.open": Trial(
        lambda seen: seen.on == "CodingScreen" and seen.selected == "nobody", "f5 n o b o d y wait down down"
    ),
    "search.mark": Trial(lambda seen: len(seen.screen.marked) == 1, "f5 n o b o d y wait down"),
    "search.mark_all": Trial(lambda seen: len(seen.screen.marked) == 2, "f5 n o b o d y wait down"),
    "search.code": Trial(lambda seen: seen.coded("Nobody", TRUST), "f5 n o b o d y wait down", "t r u s t enter"),
    "search.sentences": Trial(
        lambda seen: seen.coded("Nobody had a service for them.", TRUST),
        "f5 n o b o d y wait down",
        "c t r u s t enter",
    ),
    "search.words": focus_is("words", "f5 n o b o d y wait down"),
    "search.results": focus_is("rows", "f5 n o b o d y wait"),
}


def two_acts(study: Project, _: object) -> None:
    study.codings.set(next(coding.id for coding in study.codings.list()), stance="counters")
    study.codes.set(TRUST, definition=" ".join(["word"] * 1500))


def many(study: Project, _: object) -> None:
    study.codes.import_([CodeDraft(f"Place {number}") for number in range(40)])


HISTORY = {
    "history.to": Trial(lambda seen: "word" not in seen.study.codes.get(TRUST).definition, "f7 down", arrange=two_acts),
    "history.before": Trial(lambda seen: seen.quote(LOSES).stance == "supports", "f7 down", arrange=two_acts),
    "history.newest": Trial(
        lambda seen: "word" in seen.study.codes.get(TRUST).definition, "f7 down b", arrange=two_acts
    ),
    "history.filter": Trial(lambda seen: seen.screen.filters == {"coder": "R1"}, "f7", "c enter", arrange=two_acts),
    "history.more": Trial(lambda seen: seen.scrolled("changes") > 0, "f7", arrange=many),
    "history.less": Trial(lambda seen: seen.scrolled("changes") == 0, "f7 space", arrange=many),
}


def memo(study: Project, _: object) -> None:
    study.memos.add(MemoDraft("project", "", "", " ".join(["word"] * 1500)))


def memos(seen: Seen) -> list[str]:
    return [memo.text for memo in seen.study.memos.list(on="project")]


def corrected(study: Project, _: object) -> None:
    """Correct a text. Afterwards the places of its two codings are uncertain."""
    from sibtui.model.drafts import SourceDraft

    study.sources.add([SourceDraft("a0", "Nobody called back. We waited for weeks. It was shut.", cases="SIB A")])
    for quote in ("Nobody called back.", "We waited for weeks."):
        study.codings.add(CodingDraft("a0", TRUST, quote=quote))
    study.sources.correct("a0", "They rang us twice. Everybody sat down outside. It was shut.")


def reviews(words: str, before: str = "ctrl+g") -> Trial:
    return Trial(lambda seen: seen.screen.review.words == words, before, arrange=corrected)


def undecided(seen: Seen) -> list[str]:
    return [each.coding.quote for each in seen.study.codings.undecided()]


REVIEW = {
    "review.accept": Trial(lambda seen: undecided(seen) == ["We waited for weeks."], "ctrl+g", arrange=corrected),
    "review.next": reviews("Everybody sat down outside."),
    "review.previous": reviews("They rang us twice.", "ctrl+g down"),
    "review.remove": Trial(
        lambda seen: undecided(seen) == ["We waited for weeks."] and len(seen.codings) == 7, "ctrl+g", arrange=corrected
    ),
    "review.open": Trial(
        lambda seen: seen.on == "CodingScreen" and seen.selected == "They rang us twice.", "ctrl+g", arrange=corrected
    ),
    "review.end_on": reviews("They rang us twice. Everybody"),
    "review.end_back": reviews("They rang us twice"),
    "review.start_on": reviews("rang us twice."),
    "review.start_back": reviews(". Everybody sat down outside.", "ctrl+g down"),
    "review.find": Trial(lambda seen: seen.screen.review.words == "shut", "ctrl+g", "s h u t enter", arrange=corrected),
}


def they(study: Project, _: object) -> None:
    study.pseudonyms.add("They", "Folk")


PSEUDONYMS = {
    "pseudonym.open": Trial(
        lambda seen: seen.on == "CodingScreen" and seen.selected == "They", "ctrl+l wait @at:1", arrange=they
    ),
    "pseudonym.add": Trial(
        lambda seen: [each.real for each in seen.study.pseudonyms.list()] == ["Nob"],
        "ctrl+l wait",
        "N o b enter Z o e enter wait",
    ),
    "pseudonym.remove": Trial(lambda seen: seen.study.pseudonyms.list() == [], "ctrl+l wait", "wait", they),
    "pseudonym.apply": Trial(
        lambda seen: "Folk came for the money." in seen.study.sources.text("a1"), "ctrl+l wait", "enter wait", they
    ),
    "pseudonym.traces": Trial(lambda seen: seen.on == "MessageBox", "ctrl+l wait", "wait", they),
}
OVERVIEW = {
    "overview.open": opens("QueueScreen", "f8 wait @queue"),
    "overview.read": Trial(lambda seen: seen.study.sources.get("x1").reading == "read", "f8 wait @source:x1"),
    "overview.memo": Trial(
        lambda seen: [memo.of for memo in seen.study.memos.list(on="source")] == ["x1"],
        "f8 wait @source:x1",
        "h i escape",
    ),
    "overview.saturation": opens("PictureBox", "f8 wait"),
    "overview.add_memo": Trial(lambda seen: memos(seen) == ["hi"], "f8 wait", "h i escape"),
    "overview.remove_memo": Trial(lambda seen: memos(seen) == [], "f8 wait @memo:0", arrange=memo),
    "overview.check": Trial(lambda seen: seen.screen._number == 2, "f8 wait", "wait"),  # it was checked twice
    "overview.more": Trial(lambda seen: seen.scrolled("overview-detail") > 0, "f8 wait @memo:0", arrange=memo),
    "overview.less": Trial(lambda seen: seen.scrolled("overview-detail") == 0, "f8 wait @memo:0 space", arrange=memo),
}
ELSEWHERE = {
    "codebook": CODEBOOK, "codebook quotes": CODEBOOK_QUOTES, "matrix": MATRIX, "cells": CELLS, "table editor": TABLE_EDITOR, "evidence": EVIDENCE, "queue": QUEUE, "review": REVIEW, "pseudonyms": PSEUDONYMS,
    "disagreements": DISAGREEMENTS,
    "merge": MERGE,
    "search": SEARCH, "history": HISTORY, "overview": OVERVIEW, "incoming": INCOMING,
    "source table": SOURCE_TABLE, "case table": CASE_TABLE,
}  # fmt: skip
