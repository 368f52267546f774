"""`sibtui coding attribute --by-speaker`."""

from __future__ import annotations

import pytest

GROUP = (
    "Group of March.\n\nInterviewer: What changed?\nAnna: They asked me first.\nBen: Nobody asked us, there.\n"
    "Interviewer: And now?\nAnna: Now I ask them.\n\nAnd they answer.\nBen: Still nobody.\n"
)


@pytest.fixture(autouse=True)
def _coded(run, empty) -> None:
    run("source", "add", "-", "--name", "g", "--case", "SIB A", "--case", "SIB B", "--case", "SIB C", stdin=GROUP)
    run("code", "add", "Trust")


def coded(run, *quotes: str) -> None:
    for quote in quotes:
        assert run("coding", "add", "g", "Trust", "--quote", quote).status == 0


def cases(run) -> dict[str, str]:
    return {row["quote"]: row["cases"] for row in run("coding", "list", "--format", "json").json}


def test_codings_go_to_the_cases_of_who_says_them(run) -> None:
    coded(run, "asked me first", "Nobody asked us", "ask them.\n\nAnd they answer", "Anna: They asked")
    done = run(
        *("coding", "attribute", "--by-speaker", "g", "--speaker", "Anna=SIB A", "--speaker", "Anna=SIB C"),
        *("--speaker", "ben=sib b"),
    )
    assert done.status == 0, done.err
    assert "g: 3 codings of Anna, 1 coding of Ben (others who speak: Interviewer)." in done.err
    assert cases(run) == {
        "asked me first": "SIB A; SIB C",
        "Nobody asked us": "SIB B",
        "ask them.\n\nAnd they answer": "SIB A; SIB C",
        "Anna: They asked": "SIB A; SIB C",
    }


def test_what_several_say_or_nobody_or_somebody_else_waits_on(run) -> None:
    coded(
        run,
        "asked me first.\nBen: Nobody",
        "Group of March",
        "What changed?",
        "first.\nBen: Nobody asked us, there.\nI",
    )
    done = run("coding", "attribute", "--by-speaker", "g", "--speaker", "Anna=SIB A", "--speaker", "Ben=SIB B")
    assert "4 codings still without a case" in done.err
    assert "nothing was changed" in done.err
    assert set(cases(run).values()) == {""}


def test_what_several_speakers_of_one_case_say_is_of_that_case(run) -> None:
    coded(run, "asked me first.\nBen: Nobody", "there.\nInterviewer: And now?\nAnna: Now")
    run("coding", "attribute", "--by-speaker", "g", "--speaker", "Anna=SIB A", "--speaker", "Ben=SIB A")
    assert cases(run) == {
        "asked me first.\nBen: Nobody": "SIB A",
        "there.\nInterviewer: And now?\nAnna: Now": "",
    }


def test_a_coding_that_has_its_case_keeps_it(run) -> None:
    run("coding", "add", "g", "Trust", "--quote", "asked me first", "--case", "SIB B")
    run("coding", "attribute", "--by-speaker", "g", "--speaker", "Anna=SIB A")
    assert cases(run) == {"asked me first": "SIB B"}


def test_all_of_it_is_one_act(run) -> None:
    coded(run, "asked me first", "Now I ask them")
    run("coding", "attribute", "--by-speaker", "g", "--speaker", "Anna=SIB A")
    assert "coding attribute" in run("undo").err
    assert set(cases(run).values()) == {""}
    run("redo")
    assert set(cases(run).values()) == {"SIB A"}


@pytest.mark.parametrize(
    ("speaker", "told"),
    [
        ("Ana=SIB A", "No speaker is named “Ana”; did you mean “Anna”?"),
        ("Anna=SIB D", "No case is named “SIB D”"),
    ],
)
def test_a_name_that_is_not_there_changes_nothing(run, speaker: str, told: str) -> None:
    coded(run, "Nobody asked us")
    refused = run("coding", "attribute", "--by-speaker", "g", "--speaker", "Ben=SIB B", "--speaker", speaker)
    assert refused.status == 1
    assert told in refused.err
    assert cases(run) == {"Nobody asked us": ""}


def test_a_case_that_the_source_does_not_touch_is_refused(run) -> None:
    run("case", "add", "SIB D")
    refused = run("coding", "attribute", "--by-speaker", "g", "--speaker", "Anna=SIB D")
    assert refused.status == 1
    assert "touches SIB A, SIB B, SIB C, not SIB D" in refused.err


def test_a_source_in_which_nobody_speaks_is_told(run) -> None:
    run("source", "add", "-", "--name", "n", "--case", "SIB A", stdin="Prose alone.")
    refused = run("coding", "attribute", "--by-speaker", "n", "--speaker", "Anna=SIB A")
    assert refused.status == 1
    assert "No speaker is named “Anna”" in refused.err
    assert run("coding", "attribute", "--by-speaker", "n").status == 2
