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
    return {row["quote"]: row["cases"] for row in run("coding", "list", "--format", "json").rows}


def test_codings_get_the_cases_of_their_speakers(run) -> None:
    coded(run, "asked me first", "Nobody asked us", "ask them.\n\nAnd they answer", "Anna: They asked")
    result = run(
        *("coding", "attribute", "--by-speaker", "g", "--speaker", "Anna=SIB A", "--speaker", "Anna=SIB C"),
        *("--speaker", "ben=sib b"),
    )
    assert result.status == 0, result.err
    assert "g: 3 codings of Anna, 1 coding of Ben (other speakers: Interviewer)." in result.err
    assert cases(run) == {
        "asked me first": "SIB A; SIB C",
        "Nobody asked us": "SIB B",
        "ask them.\n\nAnd they answer": "SIB A; SIB C",
        "Anna: They asked": "SIB A; SIB C",
    }


def test_codings_across_speakers_or_without_a_named_speaker_stay_without_a_case(run) -> None:
    coded(
        run,
        "asked me first.\nBen: Nobody",
        "Group of March",
        "What changed?",
        "first.\nBen: Nobody asked us, there.\nI",
    )
    result = run("coding", "attribute", "--by-speaker", "g", "--speaker", "Anna=SIB A", "--speaker", "Ben=SIB B")
    assert "4 codings still without a case" in result.err
    assert "nothing was changed" in result.err
    assert set(cases(run).values()) == {""}


def test_a_coding_across_speakers_of_the_same_case_gets_this_case(run) -> None:
    coded(run, "asked me first.\nBen: Nobody", "there.\nInterviewer: And now?\nAnna: Now")
    run("coding", "attribute", "--by-speaker", "g", "--speaker", "Anna=SIB A", "--speaker", "Ben=SIB A")
    assert cases(run) == {
        "asked me first.\nBen: Nobody": "SIB A",
        "there.\nInterviewer: And now?\nAnna: Now": "",
    }


def test_a_coding_with_a_case_keeps_its_case(run) -> None:
    run("coding", "add", "g", "Trust", "--quote", "asked me first", "--case", "SIB B")
    run("coding", "attribute", "--by-speaker", "g", "--speaker", "Anna=SIB A")
    assert cases(run) == {"asked me first": "SIB B"}


def test_attribution_by_speaker_is_one_act(run) -> None:
    coded(run, "asked me first", "Now I ask them")
    run("coding", "attribute", "--by-speaker", "g", "--speaker", "Anna=SIB A")
    assert "attributed by speaker" in run("undo").err
    assert set(cases(run).values()) == {""}
    run("redo")
    assert set(cases(run).values()) == {"SIB A"}


@pytest.mark.parametrize(
    ("speaker", "message"),
    [
        ("Ana=SIB A", "No speaker is named “Ana”; did you mean “Anna”?"),
        ("Anna=SIB D", "No case is named “SIB D”"),
    ],
)
def test_an_unknown_speaker_or_case_changes_nothing(run, speaker: str, message: str) -> None:
    coded(run, "Nobody asked us")
    refused = run("coding", "attribute", "--by-speaker", "g", "--speaker", "Ben=SIB B", "--speaker", speaker)
    assert refused.status == 1
    assert message in refused.err
    assert cases(run) == {"Nobody asked us": ""}


def test_a_case_that_the_source_does_not_touch_is_refused(run) -> None:
    run("case", "add", "SIB D")
    refused = run("coding", "attribute", "--by-speaker", "g", "--speaker", "Anna=SIB D")
    assert refused.status == 1
    assert "is about SIB A, SIB B, SIB C, not about SIB D" in refused.err


def test_a_source_without_speakers_is_refused(run) -> None:
    run("source", "add", "-", "--name", "n", "--case", "SIB A", stdin="Prose alone.")
    refused = run("coding", "attribute", "--by-speaker", "n", "--speaker", "Anna=SIB A")
    assert refused.status == 1
    assert "No speaker is named “Anna”" in refused.err
    assert run("coding", "attribute", "--by-speaker", "n").status == 2


def quotes(run, *options: str) -> list[str]:
    return [row["quote"] for row in run("coding", "list", *options, "--format", "json").rows]


def test_codings_are_listed_by_speaker(run) -> None:
    coded(run, "asked me first", "Nobody asked us", "Now I ask them", "they answer.\nBen: Still")
    assert quotes(run, "--speaker", "ANNA") == ["asked me first", "Now I ask them", "they answer.\nBen: Still"]
    assert quotes(run, "--speaker", "ben") == ["Nobody asked us", "they answer.\nBen: Still"]
    assert len(quotes(run, "--speaker", "Anna", "--speaker", "Ben")) == 4
    assert quotes(run, "--speaker", "Interviewer", "--code", "Trust") == []
    assert quotes(run, "--speaker", "they", "--speaker-pattern", "^And (?P<speaker>they)") == [
        "they answer.\nBen: Still"
    ]


def test_an_unknown_speaker_is_refused_with_the_nearest_names(run) -> None:
    refused = run("coding", "list", "--speaker", "Ana")
    assert (refused.status, "No speaker is named “Ana”; did you mean “Anna”?" in refused.err) == (1, True), refused.err


def test_a_pattern_names_the_speakers(run) -> None:
    run("source", "add", "-", "--name", "h", "--case", "SIB A", "--case", "SIB B", stdin="<An> They asked.\n<Bo> No.\n")
    run("coding", "add", "h", "Trust", "--quote", "They asked.")
    pattern = ("--speaker-pattern", "^<(?P<speaker>.+?)>")
    assert quotes(run, "--speaker", "an", *pattern) == ["They asked."]
    result = run("coding", "attribute", "--by-speaker", "h", "--speaker", "An=SIB B", *pattern)
    assert "h: 1 coding of An (other speakers: Bo)." in result.err
