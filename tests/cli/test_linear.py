"""`sibtui code --linear`: coding line by line, with the keys of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui import Project
from sibtui.cli.code_prompt import unambiguous_code
from sibtui.cli.linear import HELP, KEY_ALIASES, LinearSession
from sibtui.model.drafts import CodeDraft, CodingDraft, SourceDraft
from sibtui.tui.commands import commands_at
from sibtui.workspace.code_search import offer
from sibtui.workspace.session_state import StudyState
from tests.test_house import loaded_after
from tests.workspace.test_code_search import PATHS, TYPED, codes_of, may_take

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
def type_lines(study: Project):
    """Return a function: `type_lines("j", "x")` codes a source with these lines, and returns the lines printed."""

    def run_session(*lines: str, source: str = "a1") -> list[str]:
        output: list[str] = []
        LinearSession(study, StudyState(), iter(f"{line}\n" for line in lines), output.append).run(source)
        return output

    return run_session


def quotes(study: Project) -> list[tuple[str, str]]:
    return [(coding.code, coding.quote) for coding in study.codings.list()]


def test_the_source_is_printed_first_then_each_sentence_with_its_line_number(type_lines) -> None:
    assert type_lines("j", "down", "k")[1:] == [
        "1 # Start",
        "3 They came for the money.",
        "3 Nobody asked twice.",
        "3 They came for the money.",
    ]
    assert type_lines()[0].startswith("a1: First, SIB A, unread, 0 codings.")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("loss", "Money/Loss"),
        ("trust", "People/Trust"),
        ("People/Trust", "People/Trust"),
        ("lost t", "Money/Lost time"),
    ],
)
def test_after_an_empty_line_a_part_of_a_name_applies_the_code(
    type_lines, study: Project, typed: str, code: str
) -> None:
    type_lines("j", "", typed)
    assert quotes(study) == [(code, "They came for the money.")]


def test_a_number_chooses_among_several_matching_codes(type_lines, study: Project) -> None:
    output = type_lines("j", "", "lo", "2")
    assert [line for line in output if line[:2] in {"1 ", "2 "}][-2:] == ["1 Money / Loss", "2 Money / Lost time"]
    assert quotes(study) == [("Money/Lost time", "They came for the money.")]


def test_a_new_path_makes_a_code_and_an_empty_line_makes_none(type_lines, study: Project) -> None:
    type_lines("j", "", "People/Hope", "j", "", "nothing like it", "", "j")
    assert quotes(study) == [("People/Hope", "They came for the money.")]


def test_space_applies_the_last_code_a_capital_the_code_with_this_key_and_a_digit_the_pinned_code(
    type_lines, study: Project
) -> None:
    type_lines("j", "W", "p", "j", " ", "j", "1")
    assert {code for code, _ in quotes(study)} == {"Money/Loss"}
    assert len(quotes(study)) == 3


def test_keys_widen_the_selection_and_move_its_start_and_end(type_lines) -> None:
    output = type_lines("j", "x", "X", "h", "h", "L", "e", "l", "a", "s")
    assert output[3] == "3 They came for the money. Nobody asked twice."
    assert output[5:8] == ["3 They came for the money", "3 They came for the", "3 came for the"]
    assert output[9] == "3 came for the"  # one character more: a space, which is not printed
    assert output[10].endswith("Nobody asked twice.")


def test_stance_certainty_and_memo_are_set_after_coding(type_lines, study: Project) -> None:
    output = type_lines("j", "W", "-", "~", "m who said so?", "m", "w", source="m1")
    (coding,) = study.codings.list()
    assert (coding.stance, coding.certainty, coding.memo, coding.cases) == ("counters", "tentative", "who said so?", ())
    assert "Memo: who said so?" in output
    assert output[-1] == "3 They came for the money. [Loss, counter-evidence, tentative, no case yet]"


def test_a_letter_sets_the_case_also_for_later_codings(type_lines, study: Project) -> None:
    type_lines("j", "W", "=b", "j", "W", "=*", "=0", source="m1")
    assert [coding.cases for coding in study.codings.list()] == [("SIB B",), ()]
    assert "=b SIB B" in type_lines("=", source="m1")


def test_a_case_without_a_letter_is_set_by_its_name(type_lines, study: Project) -> None:
    labels = [f"Clinic {number}" for number in range(1, 41)]
    for label in labels:
        study.cases.add(label)
    study.sources.set("m1", cases=labels)
    assert "=Clinic 40" in type_lines("=", source="m1")
    assert "=1 Clinic 1" in type_lines("=", source="m1")
    output = type_lines("j", "W", "=clinic 40", "=cli", "=Hospital", source="m1")
    assert [coding.cases for coding in study.codings.list()] == [("Clinic 40",)]
    assert output[-2].startswith("No case of this source has the letter or the name “cli”: Clinic 1, Clinic 2")
    assert output[-1] == "No case of this source has the letter or the name “Hospital”. = alone lists them."


def test_undo_and_redo_work_on_codings(type_lines, study: Project) -> None:
    type_lines("j", "W", "d", "u", "U", "u")
    assert len(quotes(study)) == 1


def test_search_and_source_keys_move_between_matches_and_sources(type_lines) -> None:
    output = type_lines("/THE", "n", "n", "N", ">", "<", "<")
    assert output[2:6] == ["3 The", "3 the", "5 the", "3 the"]  # “They” too
    assert any(line.startswith("m1: ") for line in output)
    assert output[-1] == "This is the first source."


@pytest.mark.parametrize("line", ["zz", "=z", "n", "d", " ", "5", "'Z", "]", "o", "m"])
def test_an_impossible_key_prints_a_message_and_the_loop_continues(type_lines, study: Project, line: str) -> None:
    output = type_lines(line, "j")
    assert output[2].endswith(".")
    assert output[-1] == "3 They came for the money."
    assert quotes(study) == []


def test_every_key_of_the_note_on_the_screen_works_and_is_in_the_help(study: Project) -> None:
    keys = LinearSession(study, StudyState(), iter(()), print)._keys
    characters = {
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
        keys = {characters.get(key, key) for key in command.keys}
        assert any(KEY_ALIASES.get(key, key) in keys for key in keys), command.id
    capitals = {command.keys[0] for command in commands_at("note") if command.id.startswith("coding.key#")}
    assert not capitals & set(keys)
    listed = HELP.replace("\n", " ")
    assert [key for key in keys if len(key) == 1 and f" {key}" not in listed] == []


def test_the_command_reads_stdin_and_remembers_the_position(run, study: Project) -> None:
    result = run("-p", study.path, "code", "--linear", "a1", stdin="j\nj\n\ntrust\n")
    assert (result.status, result.err) == (0, "")
    assert quotes(study) == [("People/Trust", "Nobody asked twice.")]
    again = run("code", "-p", study.path, "--linear", "a1", stdin=" \nq\nj\n")
    assert again.out.splitlines()[1].startswith("3 Nobody asked twice. [Trust")
    assert "has this coding already" in again.out


def test_an_unknown_source_is_refused(run, study: Project) -> None:
    refused = run("-p", study.path, "code", "--linear", "zz")
    assert refused.status == 1
    assert "zz" in refused.err


def test_the_option_linear_with_a_command_is_refused_and_code_alone_shows_the_help(run, study: Project) -> None:
    assert run("-p", study.path, "code", "--linear", "a1", "list").status == 2
    assert run("code").status == 2


def test_control_characters_in_notes_are_printed_inert(type_lines, study: Project) -> None:
    study.sources.add([SourceDraft("z1", "A \x1b[31mred\x07 one.\u202e Two.", cases=())])
    assert all(line.isprintable() for line in type_lines("j", source="z1"))


def test_the_module_does_not_import_textual() -> None:
    assert not {name for name in loaded_after("import sibtui.cli.linear") if name.startswith("textual")}


def test_a_new_code_needs_no_theme(study: Project, type_lines) -> None:
    output = type_lines("j", "", "Reason", "+", "j", "", "Los", "+")
    assert output[4:7] == ["No code fits.", "+ makes a new code “Reason”", "New code: Reason"]
    assert quotes(study) == [("Reason", "They came for the money."), ("Los", "Nobody asked twice.")]


def test_one_undo_removes_a_new_code_and_its_use_on_a_coding(study: Project, type_lines) -> None:
    output = type_lines("j", "W", "R", "Reason", "+")
    assert "+ makes a new code “Money / Reason”" in output
    assert output[-1] == "New code: Money / Reason, instead of Loss"
    assert quotes(study) == [("Money/Reason", "They came for the money.")]
    type_lines("u")
    assert quotes(study) == [("Money/Loss", "They came for the money.")]
    assert "Money/Reason" not in {code.path for code in study.codes.list()}


def test_choosing_the_current_code_of_a_coding_changes_nothing(study: Project, type_lines) -> None:
    acts = type_lines("j", "W") and len(study.history.list())
    assert type_lines("j", "R", "Loss")[-1] == "Nothing changed: the code is Loss already."
    assert len(study.history.list()) == acts


def test_changing_a_code_is_refused_where_no_coding_is(type_lines) -> None:
    assert type_lines("j", "R", "Loss")[3] == "There is no coding here whose code could be changed."


@pytest.mark.parametrize("typed", ["Distrust", "No loss", "rust", "people trust"])
def test_a_code_whose_words_were_not_typed_is_only_offered(study: Project, type_lines, typed: str) -> None:
    output = type_lines("j", "", typed, "")
    assert quotes(study) == []
    assert output[2:4] != ["No code fits.", "No code."]
    type_lines("j", "", typed, "+")
    assert [code for code, _ in quotes(study)] == [typed]


def test_a_new_code_goes_below_the_theme_of_the_last_code_or_to_the_top(study: Project, type_lines) -> None:
    output = type_lines("j", "W", "j", "", "Hope", "+", "", "Fear", "++")
    assert "+ makes a new code “Money / Hope”" in output
    assert "++ makes a new code “Hope”" in output
    assert output[-1] == "New code: Fear"
    assert {code for code, _ in quotes(study)} == {"Money/Loss", "Money/Hope", "Fear"}


def test_a_new_code_typed_with_an_existing_theme_is_added_to_this_theme(study: Project, type_lines) -> None:
    assert type_lines("j", "", "people/Hope")[-1] == "New code: People / Hope"
    assert type_lines("j", "", r"they\/them")[-1] == "New code: they/them"


@given(TYPED, st.lists(PATHS, max_size=6))
@example("Distrust", ["Trust"])
@example("Trust/no", ["Trust"])
def test_a_line_never_applies_a_code_whose_words_were_not_typed(typed: str, paths: list[str]) -> None:
    choice = unambiguous_code(typed, offer(typed, codes_of(*paths), paths[:1]))
    assert choice is None or choice.new or may_take(typed, choice.path)


def test_a_retired_code_is_listed_with_the_command_that_restores_it(study: Project, type_lines) -> None:
    study.codes.retire("Loss")
    assert "Money / Loss is retired: `sibtui code restore` restores it." in type_lines("j", "", "Money/Loss", "")
    assert quotes(study) == []


def test_the_key_at_sets_or_prints_the_cases_of_the_source(study: Project, type_lines) -> None:
    assert type_lines("@sib a; SIB C", "@")[-2:] == ["a1 is about SIB A, SIB C.", "a1 is about SIB A, SIB C."]
    study.sources.add([SourceDraft("n1", TEXT)])
    assert "The source has no case: type @" in type_lines("@", "=", source="n1")[-1]


def test_the_beginning_of_a_case_name_adds_a_new_case_only_if_typed_twice(study: Project, type_lines) -> None:
    output = type_lines("@sib", "@sib a; si", "@", "@SIB A; si", "@SIB A; si")
    assert output[2] == "Type SIB A or SIB B; the same line again makes a new case “sib”."
    assert output[3:5] == ["Type SIB A or SIB B; the same line again makes a new case “si”.", "a1 is about SIB A."]
    assert output[-1] == "a1 is about SIB A, si."


def test_a_memo_without_a_coding_is_on_the_source(study: Project, type_lines) -> None:
    assert type_lines("m what a day", "m")[-1] == "Memo on the source: what a day"
    assert [(memo.on, memo.of) for memo in study.memos.list()] == [("source", "a1")]


def test_a_slash_alone_explains_how_to_search(type_lines) -> None:
    assert type_lines("/")[-1] == "Type / and the words to search for, on one line."


def test_codings_made_meanwhile_by_another_program_are_printed(study: Project) -> None:
    def lines():
        yield "j\n"
        with Project.open(study.path, coder="R2") as other:
            other.codings.add(CodingDraft("a1", "People/Trust", quote="Nobody asked twice."))
        yield "j\n"

    output: list[str] = []
    LinearSession(study, StudyState(), lines(), output.append).run("a1")
    assert output[-1] == "3 Nobody asked twice. [Trust, SIB A]"
