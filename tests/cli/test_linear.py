"""`sibtui code --linear`: the screen's loop in lines, with the screen's keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui import Project
from sibtui.cli.linear import HELP, NAMES, Linear
from sibtui.desk.memory import Place
from sibtui.model.drafts import CodeDraft, CodingDraft, SourceDraft
from sibtui.tui.commands import commands_at
from tests.test_house import loaded_after

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "# Start\n\nThey came for the money. Nobody asked twice.\n\nIn B it was the star.\n"


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIBTUI_CONFIG_DIR", str(tmp_path / "config"))


@pytest.fixture
def study(tmp_path: Path):
    with Project.create(tmp_path / "s.sibtui", coder="R1") as project:
        project.sources.add(
            [
                SourceDraft("a1", TEXT, "First", cases=("SIB A",)),
                SourceDraft("m1", TEXT, "Several", cases=("SIB A", "SIB B")),
            ]
        )
        project.codes.import_(
            [CodeDraft("Money/Loss", key="W"), CodeDraft("Money/Lost time"), CodeDraft("People/Trust")]
        )
        yield project


@pytest.fixture
def sit(study: Project):
    """`sit("j", "x")`: type these lines on a source; what was said."""

    def sitting(*lines: str, source: str = "a1") -> list[str]:
        said: list[str] = []
        Linear(study, Place(), iter(f"{line}\n" for line in lines), said.append).run(source)
        return said

    return sitting


def quotes(study: Project) -> list[tuple[str, str]]:
    return [(coding.code, coding.quote) for coding in study.codings.list()]


def test_the_source_is_told_first_then_each_sentence_by_its_line(sit) -> None:
    assert sit("j", "down", "k")[1:] == [
        "1 # Start",
        "3 They came for the money.",
        "3 Nobody asked twice.",
        "3 They came for the money.",
    ]
    assert sit()[0].startswith("a1: First, SIB A, unread, 0 codings.")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("loss", "Money/Loss"),
        ("trust", "People/Trust"),
        ("People/Trust", "People/Trust"),
        ("lost t", "Money/Lost time"),
    ],
)
def test_an_empty_line_asks_for_a_code_and_a_part_of_its_name_applies_it(
    sit, study: Project, typed: str, code: str
) -> None:
    sit("j", "", typed)
    assert quotes(study) == [(code, "They came for the money.")]


def test_of_several_codes_one_is_chosen_by_its_number(sit, study: Project) -> None:
    said = sit("j", "", "lo", "2")
    assert [line for line in said if line[:2] in {"1 ", "2 "}][-2:] == ["1 Money / Loss", "2 Money / Lost time"]
    assert quotes(study) == [("Money/Lost time", "They came for the money.")]


def test_a_path_that_is_new_makes_a_code_and_an_empty_line_none(sit, study: Project) -> None:
    sit("j", "", "People/Hope", "j", "", "nothing like it", "", "j")
    assert quotes(study) == [("People/Hope", "They came for the money.")]


def test_space_repeats_a_capital_applies_and_a_digit_too(sit, study: Project) -> None:
    sit("j", "W", "p", "j", " ", "j", "1")
    assert {code for code, _ in quotes(study)} == {"Money/Loss"}
    assert len(quotes(study)) == 3


def test_the_selection_is_widened_and_its_edges_moved(sit) -> None:
    said = sit("j", "x", "X", "h", "h", "L", "e", "l", "a", "s")
    assert said[3] == "3 They came for the money. Nobody asked twice."
    assert said[5:8] == ["3 They came for the money", "3 They came for the", "3 came for the"]
    assert said[9] == "3 came for the"  # a character on: the blank is not seen
    assert said[10].endswith("Nobody asked twice.")


def test_a_coding_is_qualified_after_it_is_made(sit, study: Project) -> None:
    said = sit("j", "W", "-", "~", "m who said so?", "m", "w", source="m1")
    (coding,) = study.codings.list()
    assert (coding.stance, coding.certainty, coding.memo, coding.cases) == ("counters", "tentative", "who said so?", ())
    assert "Memo: who said so?" in said
    assert said[-1] == "3 They came for the money. [Loss, counter-evidence, tentative, no case yet]"


def test_the_case_is_told_by_its_letter_and_holds(sit, study: Project) -> None:
    sit("j", "W", "=b", "j", "W", "=*", "=0", source="m1")
    assert [coding.cases for coding in study.codings.list()] == [("SIB B",), ()]
    assert "=b SIB B" in sit("=", source="m1")


def test_what_was_done_is_undone_and_done_again(sit, study: Project) -> None:
    sit("j", "W", "d", "u", "U", "u")
    assert len(quotes(study)) == 1


def test_search_next_and_the_other_sources(sit) -> None:
    said = sit("/THE", "n", "n", "N", ">", "<", "<")
    assert said[2:6] == ["3 The", "3 the", "5 the", "3 the"]  # “They” too
    assert any(line.startswith("m1: ") for line in said)
    assert said[-1] == "This is the first source."


@pytest.mark.parametrize("line", ["zz", "=z", "n", "d", " ", "5", "'Z", "]", "o", "m"])
def test_what_cannot_be_done_is_said_and_the_loop_goes_on(sit, study: Project, line: str) -> None:
    said = sit(line, "j")
    assert said[2].endswith(".")
    assert said[-1] == "3 They came for the money."
    assert quotes(study) == []


def test_its_keys_are_the_screens(study: Project) -> None:
    here = Linear(study, Place(), iter(()), print)._keys
    signs = {
        "right_curly_bracket": "}", "left_curly_bracket": "{", "full_stop": ".", "right_square_bracket": "]",
        "left_square_bracket": "[", "minus": "-", "tilde": "~", "equals_sign": "=", "greater_than_sign": ">", "less_than_sign": "<",
    }  # fmt: skip
    left_out = {
        "move.page_down",
        "move.page_up",
        "select.copy",
        "source.memo",
        "find.start",
        "coding.letter",
        "coding.memo",
    }
    for command in commands_at("note"):
        if command.id in left_out or "#" in command.id:
            continue
        keys = {signs.get(key, key) for key in command.keys}
        assert any(NAMES.get(key, key) in here for key in keys), command.id
    capitals = {command.keys[0] for command in commands_at("note") if command.id.startswith("coding.key#")}
    assert not capitals & set(here)
    told = HELP.replace("\n", " ")
    assert [key for key in here if len(key) == 1 and f" {key}" not in told] == []


def test_the_command_reads_lines_and_remembers_the_place(run, study: Project) -> None:
    done = run("-p", study.path, "code", "--linear", "a1", stdin="j\nj\n\ntrust\n")
    assert (done.status, done.err) == (0, "")
    assert quotes(study) == [("People/Trust", "Nobody asked twice.")]
    again = run("code", "-p", study.path, "--linear", "a1", stdin=" \nq\nj\n")
    assert again.out.splitlines()[1].startswith("3 Nobody asked twice. [Trust")
    assert "is coded so already" in again.out


def test_a_source_that_is_not_there_is_told(run, study: Project) -> None:
    refused = run("-p", study.path, "code", "--linear", "zz")
    assert refused.status == 1
    assert "zz" in refused.err


def test_it_is_no_option_of_a_command_and_code_alone_shows_help(run, study: Project) -> None:
    assert run("-p", study.path, "code", "--linear", "a1", "list").status == 2
    assert run("code").status == 2


def test_notes_full_of_signs_are_said_inert(sit, study: Project) -> None:
    study.sources.add([SourceDraft("z1", "A \x1b[31mred\x07 one.\u202e Two.", cases=())])
    assert all(line.isprintable() for line in sit("j", source="z1"))


def test_no_screen_is_loaded() -> None:
    assert not {name for name in loaded_after("import sibtui.cli.linear") if name.startswith("textual")}


def test_a_new_code_needs_no_theme(study: Project, sit) -> None:
    said = sit("j", "", "Reason", "+", "j", "", "Los", "+")
    assert said[4:7] == ["No code fits.", "+ makes a new code “Reason”", "New code: Reason"]
    assert quotes(study) == [("Reason", "They came for the money."), ("Los", "Nobody asked twice.")]


def test_a_coding_is_given_no_code_that_is_new(study: Project, sit) -> None:
    said = sit("j", "W", "R", "Reason", "+", "")
    assert not any("new" in line for line in said[2:])
    assert quotes(study) == [("Money/Loss", "They came for the money.")]


def test_a_source_is_told_its_cases(study: Project, sit) -> None:
    assert sit("@sib a; SIB C", "@")[-2:] == ["a1 touches SIB A, SIB C.", "a1 touches SIB A, SIB C."]
    study.sources.add([SourceDraft("n1", TEXT)])
    assert "touches no case: @" in sit("@", "=", source="n1")[-1]


def test_a_memo_where_nothing_is_coded_is_on_the_source(study: Project, sit) -> None:
    assert sit("m what a day", "m")[-1] == "Memo on the source: what a day"
    assert [(memo.on, memo.of) for memo in study.memos.list()] == [("source", "a1")]


def test_a_lonely_slash_says_how_to_search(sit) -> None:
    assert sit("/")[-1] == "/ and the words to search for, on one line."


def test_what_another_program_codes_is_read_out(study: Project) -> None:
    def lines():
        yield "j\n"
        with Project.open(study.path, coder="R2") as other:
            other.codings.add(CodingDraft("a1", "People/Trust", quote="Nobody asked twice."))
        yield "j\n"

    said: list[str] = []
    Linear(study, Place(), lines(), said.append).run("a1")
    assert said[-1] == "3 Nobody asked twice. [Trust, SIB A]"
