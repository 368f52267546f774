"""`sibtui source withdraw`: what it prints, and what it asks before it erases for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

SPOKEN = "Anna: They asked.\nBen: Nobody did.\nAnna: They did.\nBen: No.\n"


@pytest.fixture
def study(run, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SIBTUI_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("SIBTUI_PROJECT", str(sample))
    return sample


def test_a_script_without_a_terminal_needs_the_option_yes(run, study: Path) -> None:
    before = study.read_bytes()
    refused = run("source", "withdraw", "a1")
    assert refused.status == 2
    assert "A withdrawal cannot be undone: give --yes, or run it in a terminal." in refused.err
    assert study.read_bytes() == before
    done = run("source", "withdraw", "a1", "--yes")
    assert done.status == 0
    assert "sibtui: withdrew 1 source for good, as " in done.err
    assert "Free blocks of the disk, exports and copies elsewhere are beyond the reach of sibtui." in done.err
    assert run("undo").status == 1
    assert "erased texts for good" in run("undo").err


def test_a_dry_run_counts_and_changes_nothing(run, study: Path) -> None:
    before = study.read_bytes()
    study.with_name(f"{study.name}.v1.bak").write_bytes(b"x")
    dry = run("source", "withdraw", "a1", "--dry-run")
    assert ("coding" in dry.out, "40" in dry.out) == (True, True)
    assert f"The copy {study.name}.v1.bak would be removed, because it is damaged." in dry.err
    assert dry.err.endswith("sibtui: 1 source would be withdrawn; nothing was changed.\n")
    assert study.read_bytes() == before
    fields = run("source", "withdraw", "a1", "--dry-run", "--format", "json").json
    assert (fields["act"], fields["sources"], fields["erased"]["coding"]) == (None, ["a1"], 40)


@pytest.mark.parametrize(("typed", "status"), [("a1", 0), ("A1", 1), ("", 1)])
def test_on_a_terminal_the_user_must_type_the_name_again(
    run, study: Path, monkeypatch: pytest.MonkeyPatch, typed: str, status: int
) -> None:
    from sibtui.cli import source_withdraw

    asked = []
    monkeypatch.setattr(source_withdraw, "_is_terminal", lambda: True)
    monkeypatch.setattr(source_withdraw.click, "prompt", lambda question, **_: asked.append(question) or typed)
    result = run("source", "withdraw", "a1")
    assert result.status == status, result.err
    assert asked == ["This cannot be undone. Type the name again"]
    assert ("40  coding" in result.err, "nothing was withdrawn" in result.err) == (True, status == 1)
    assert ("a1" in run("source", "list", "--format", "json").out) == (status == 1)


def test_the_turns_of_one_person_are_withdrawn(run, study: Path) -> None:
    run("source", "add", "-", "--name", "group-1", "--case", "SIB A", stdin=SPOKEN)
    done = run("source", "withdraw", "--speaker", "Ben", "--yes")
    assert "withdrew turns in 1 source for good" in done.err
    assert (
        run("source", "show", "group-1", "--text").out
        == "Anna: They asked.\n[withdrawn]\nAnna: They did.\n[withdrawn]\n"
    )


@pytest.mark.parametrize(
    "words", [(), ("a1", "--speaker", "Ben"), ("--speaker", "Ben", "--participant", "Ben"), ("a1", "--in", "a2")]
)
def test_exactly_one_name_must_be_given(run, study: Path, words: tuple[str, ...]) -> None:
    assert run("source", "withdraw", *words, "--yes").status == 2


def test_an_unknown_name_is_refused(run, study: Path) -> None:
    refused = run("source", "withdraw", "a", "--yes")
    assert (refused.status, "exactly the name “a”" in refused.err) == (1, True)
