"""The quotes screen, with its keys."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from sibtui.model.drafts import CodingDraft, SourceDraft
from sibtui.model.segments import Segment
from sibtui.project import Project
from sibtui.tui.screens.coding import CodingScreen
from sibtui.tui.screens.evidence import EvidenceScreen
from sibtui.tui.widgets.quote_list import QuoteList
from sibtui.tui.widgets.text_lines import TextLines
from sibtui.workspace import quote_browser as quotes_module

ALL = [
    "The loss falls on the fund.", "until March", "Of all four she knows the cards.", "In A it was the figures.",
    "In B it was the star.", "In C nobody asked.",
]  # fmt: skip


def shown(pilot, name: str) -> str:
    return pilot.app.screen.query_one(f"#{name}", TextLines).text


def drawn(pilot) -> str:
    widget = pilot.app.screen.query_one(QuoteList)
    return "\n".join(widget.render_line(y).text.rstrip() for y in range(widget.size.height))


def listed(pilot) -> list[str]:
    assert isinstance(pilot.app.screen, EvidenceScreen)
    return [coding.quote for coding in pilot.app.screen.quotes.codings]


def here(pilot) -> str:
    coding = pilot.app.screen.coding
    return "" if coding is None else coding.quote


async def narrow(pilot, line: str) -> None:
    await pilot.press("f")
    pilot.app.screen.query_one(Input).value = line
    await pilot.press("enter")
    await pilot.pause()


async def test_all_quotes_are_listed_under_their_sources(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f4")
        assert listed(pilot) == ALL
        text = drawn(pilot)
    for words in ("a1  Investor", "m1  Fund manager", "Money / Who carries the loss", "counter-evidence, tentative"):
        assert words in text
    assert text.index("a1  Investor") < text.index("until March") < text.index("m1  Fund manager")
    assert "Memo: which figures?" in text
    assert "no case yet" in text


async def test_only_quotes_of_verbatim_sources_are_in_quotation_marks(tabled: Project, run, press):
    tabled.sources.set("a1", fidelity="verbatim")
    async with run(tabled) as pilot:
        await press(pilot, "f4")
        assert "“The loss falls on the fund.”" in drawn(pilot)
        assert "“In B it was the star.”" not in drawn(pilot)


async def test_enter_goes_to_the_quote_in_its_note_and_f4_back_to_the_list(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f4", "G", "k", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, CodingScreen)
        assert screen.workspace.source.name == "m1"
        assert screen.workspace.selection.quote(screen.workspace.text) == "In B it was the star."
        await press(pilot, "f4")
        assert here(pilot) == "In B it was the star."


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("counters", ["until March"]),
        ("tentative", ["until March"]),
        ("stance:supports case:a", ["The loss falls on the fund.", "In C nobody asked."]),
        ('case:"SIB B"', ["In C nobody asked."]),
        ("case:b", ["In C nobody asked."]),
        ("code:Money source:m1", ["In A it was the figures.", "In B it was the star.", "In C nobody asked."]),
        ("code:Money no-subcodes", []),
        ("unattributed", ["Of all four she knows the cards.", "In A it was the figures.", "In B it was the star."]),
        ("it was", ["In A it was the figures.", "In B it was the star."]),
        ("coder:R1 kind:document", []),
    ],
)
async def test_a_filter_limits_the_list(tabled: Project, run, press, line, found):
    async with run(tabled) as pilot:
        await press(pilot, "f4")
        await narrow(pilot, line)
        assert listed(pilot) == found
        assert "filter" in shown(pilot, "heading")
        if not found:
            assert "No quote fits the filter" in drawn(pilot)
        await press(pilot, "F")
        assert listed(pilot) == ALL


async def test_an_invalid_filter_is_reported_and_the_list_stays(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f4")
        for line, message in (
            ("case:Q", "No case is named “Q”"),
            ("colour:red", "There is no filter “colour:”"),
            ("kind:x", "“x” is not a valid kind of source"),
        ):
            await narrow(pilot, line)
            assert message in shown(pilot, "status-bar")
            assert listed(pilot) == ALL
            await press(pilot, "escape")
        assert isinstance(pilot.app.screen, EvidenceScreen)


async def test_esc_closes_the_filter_field_and_keeps_the_previous_filter(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f4", "f", "x", "escape")
        assert listed(pilot) == ALL
        assert not pilot.app.screen.query_one(Input).display
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, CodingScreen)


async def test_the_quotes_of_a_code_are_listed(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f4", "o")
        await press(pilot, write="trust")
        await press(pilot, "enter")
        assert listed(pilot) == ["until March", "Of all four she knows the cards."]


# Commands that change codings: their key, and a test of the marked codings after it.
CHANGES = {
    "quotes.stance": (("minus",), lambda coding: coding.stance == "counters"),
    "quotes.for_paper": (("p",), lambda coding: coding.for_paper),
    "quotes.certainty": (("tilde",), lambda coding: coding.certainty == "tentative"),
    "quotes.case": (("equals_sign", "b"), lambda coding: coding.cases == ("SIB B",)),
    "quotes.case, both": (("equals_sign", "asterisk"), lambda coding: coding.cases == ("SIB A", "SIB B")),
    "quotes.code": (("c", "a", "d", "v", "enter"), lambda coding: coding.code == "Money/Paid in advance"),
    "quotes.memo": (("m", "h", "i", "escape"), lambda coding: coding.memo == "hi"),
}


@pytest.mark.parametrize(("keys", "changed"), CHANGES.values(), ids=CHANGES)
async def test_a_command_changes_the_quote_under_the_cursor(tabled: Project, run, press, keys, changed):
    async with run(tabled) as pilot:
        await press(pilot, "f4", "down", "down")
        await press(pilot, *keys)
        assert here(pilot) == ALL[2]
    assert [coding.quote for coding in tabled.codings.list() if changed(coding)] in (
        [ALL[2]], [ALL[1], ALL[2]], [ALL[2], ALL[5]],
    )  # fmt: skip
    assert changed(list(tabled.codings.list())[2])


@pytest.mark.parametrize(("keys", "changed"), CHANGES.values(), ids=CHANGES)
async def test_a_command_changes_all_marked_quotes_in_one_act(tabled: Project, run, press, keys, changed):
    before = list(tabled.codings.list())
    async with run(tabled) as pilot:
        await press(pilot, "f4", "down", "down", "space", "space", "space")
        assert "3 marked" in shown(pilot, "status-bar")
        await press(pilot, *keys)
        assert all(changed(coding) for coding in list(tabled.codings.list())[2:5])
        assert next(tabled.codings.list()) == before[0]
        await press(pilot, "u")
    assert list(tabled.codings.list()) == before


async def test_a_capital_letter_removes_a_case_or_adds_one(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f4", "G", "equals_sign", "A")
        assert list(tabled.codings.list())[5].cases == ("SIB B",)
        await press(pilot, "equals_sign", "A")
        assert list(tabled.codings.list())[5].cases == ("SIB A", "SIB B")
        await press(pilot, "equals_sign", "0")
    assert list(tabled.codings.list())[5].cases == ()


@pytest.fixture
def differing(tabled: Project) -> Project:
    """Return the study with these cases of the quotes in m1: SIB B, SIB A, none, and both."""
    found = [coding.id for coding in tabled.codings.list(source="m1")]
    for number, cases in zip(found, ["SIB B", "SIB A", (), ("SIB A", "SIB B")], strict=True):
        tabled.codings.set(number, cases=cases)
    return tabled


@pytest.mark.parametrize(
    ("keys", "cases", "message"),
    [
        ("A", [("SIB A", "SIB B"), ("SIB A",), ("SIB A",), ("SIB A", "SIB B")], "4 quotes: SIB A added"),
        ("b", [("SIB B",)] * 4, "4 quotes: SIB B"),
        ("/ b tab enter", [("SIB B",), ("SIB A", "SIB B"), ("SIB B",), ("SIB A", "SIB B")], "4 quotes: SIB B added"),
        ("/ tab tab enter", [("SIB B",), ("SIB A",), (), ("SIB A", "SIB B")], "4 quotes: no change"),
        ("/ tab b enter", [("SIB A", "SIB B")] * 4, "4 quotes: SIB A and SIB B added"),
        ("/ b enter", [("SIB B",)] * 4, "4 quotes: SIB B"),
        ("/ down down down enter", [()] * 4, "4 quotes: no case"),
        ("/ tab down down down enter", [()] * 4, "4 quotes: no case"),
    ],
)
async def test_a_case_added_to_several_quotes_leaves_their_other_cases(
    differing: Project, run, press, keys: str, cases: list[tuple[str, ...]], message: str
):
    before = list(differing.codings.list())
    async with run(differing) as pilot:
        await press(pilot, "f4", "down", "down", "space", "space", "space", "space", "equals_sign")
        for key in keys.split():
            await press(pilot, key)
        assert [coding.cases for coding in differing.codings.list(source="m1")] == cases
        assert message in shown(pilot, "status-bar")
        if cases != [coding.cases for coding in before[2:]]:
            await press(pilot, "u")
    assert list(differing.codings.list()) == before


async def test_a_case_of_all_quotes_is_removed_from_each(differing: Project, run, press):
    async with run(differing) as pilot:
        await press(pilot, "f4", "G", "space", "up", "up", "space", "equals_sign", "A")
        assert [coding.cases for coding in differing.codings.list(source="m1")] == [("SIB B",), (), (), ("SIB B",)]
        assert "2 quotes: SIB A removed" in shown(pilot, "status-bar")


async def test_quotes_of_sources_without_a_common_case_get_no_case(tabled: Project, run, press):
    tabled.codings.add(CodingDraft("x1", "People/Trust", quote="It is short."))
    async with run(tabled) as pilot:
        await press(pilot, "f4", "a", "equals_sign")
        assert "no case in common" in shown(pilot, "status-bar")


@pytest.mark.parametrize("key", ["d", "delete"])
async def test_quotes_are_removed_and_restored_by_undo(tabled: Project, run, press, key):
    async with run(tabled) as pilot:
        await press(pilot, "f4", "a", key)
        assert listed(pilot) == []
        assert "Nothing is coded yet" in drawn(pilot)
        await press(pilot, "u")
        assert listed(pilot) == ALL
        await press(pilot, "U")
        assert listed(pilot) == []


async def test_only_marked_quotes_have_a_dot(tabled: Project, run, press):
    """The other quotes of the source and its heading have no dot."""
    async with run(tabled) as pilot:
        await press(pilot, "f4", "down", "down", "down", "space")
        dotted = [line for line in drawn(pilot).split("\n") if "●" in line]
        assert len(dotted) == 1
        assert "Who carries the loss" in dotted[0]
        assert "In A it was the figures." in drawn(pilot).split(dotted[0])[1].split("\n")[1]


async def test_esc_removes_the_marks_before_it_closes_the_screen(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f4", "a")
        assert "6 marked" in shown(pilot, "status-bar")
        await press(pilot, "escape")
        assert "marked" not in shown(pilot, "status-bar")
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, CodingScreen)


async def test_marking_all_quotes_twice_removes_the_marks(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f4", "a", "a", "minus")
    assert [coding.stance for coding in tabled.codings.list()].count("counters") == 2


async def test_a_quote_that_no_longer_fits_the_filter_leaves_the_list(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f4")
        await narrow(pilot, "counters")
        await press(pilot, "minus")
        assert listed(pilot) == []
        assert "Trust: supports" in shown(pilot, "status-bar")


async def test_more_quotes_are_loaded_near_the_end_of_a_long_list(study: Project, run, press, monkeypatch):
    monkeypatch.setattr(quotes_module, "PAGE", 30)
    study.sources.add([SourceDraft("long", "A sentence. " * 100, cases=("SIB A",))])
    study.codings.import_(CodingDraft("long", "People/Trust", Segment(at * 12, at * 12 + 11)) for at in range(100))
    async with run(study) as pilot:
        await press(pilot, "f4")
        assert len(listed(pilot)) == 30
        assert "1 of 100 quotes" in shown(pilot, "status-bar")
        await press(pilot, "G")
        assert len(listed(pilot)) == 60
        assert "60 of 100 quotes" in shown(pilot, "status-bar")
        await press(pilot, "G", "G")
        assert "100 of 100 quotes" in shown(pilot, "status-bar")


async def test_the_context_of_the_quote_is_beside_the_list(tabled: Project, run, press):
    async with run(tabled, size=(200, 50)) as pilot:
        await press(pilot, "f4")
        assert "The charity is paid in advance." in shown(pilot, "context")
        assert "a1, line 5" in shown(pilot, "context")
        await press(pilot, "G")
        assert "# Next" in shown(pilot, "context")


async def test_codings_made_by_another_program_appear_and_the_cursor_stays(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f4", "down", "down")
        with Project.open(tabled.path, coder="R2") as other:
            other.codings.add(CodingDraft("a1", "People/Trust", quote="They came for the money."))
        pilot.app._look_for_changes()
        await pilot.pause()
        assert len(listed(pilot)) == 7
        assert here(pilot) == ALL[2]


async def test_control_characters_in_quotes_are_shown_inert(study: Project, run, press):
    evil = "[red]a[/]\x1b[31m\u202e b"
    study.sources.add([SourceDraft("e1", f"{evil}. And more.", evil, cases=("SIB A",))])
    study.codings.add(CodingDraft("e1", "People/Trust", quote=evil, memo=evil))
    async with run(study) as pilot:
        await press(pilot, "f4")
        everything = drawn(pilot) + shown(pilot, "status-bar") + shown(pilot, "context")
        assert everything.count("[red]a[/]") >= 4
        assert "\x1b" not in everything
        assert "\u202e" not in everything
