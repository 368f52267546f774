"""`sibtui summary`, and the table of summaries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sibtui import Project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CELL = ("table-1", "More flexible workload distribution", "SIB A")


@pytest.fixture(autouse=True)
def _without_summaries(sample: Path) -> None:
    """Remove the summaries of the sample study."""
    with Project.open(sample) as project:
        for written in project.summaries.list():
            summary = written.summary
            project.set_coder(summary.coder)
            project.summaries.remove(summary.matrix, summary.row, summary.column)


def test_a_summary_is_written_shown_listed_and_removed(run: Callable[..., Any]) -> None:
    assert run("summary", "set", *CELL, "Loads shrink [60].").err.startswith(
        "sibtui: wrote the summary of More flexible workload distribution in SIB A"
    )
    assert "Loads shrink [60]." in run("summary", "show", *CELL).out
    [row] = run("summary", "list", "--format", "json").json
    assert (row["text"], row["changed since"]) == ("Loads shrink [60].", "")
    assert run("coding", "remove", "60").status == 0
    assert "1 quote is gone" in run("summary", "list", "--stale").out
    [facts] = run("summary", "show", *CELL, "--format", "json").json
    assert facts["lost links"] == ["[60]: there is no coding 60."]
    assert len(facts["changed since"]) == 1
    assert "lost links,[60]: there is no coding 60." in run("summary", "show", *CELL, "--format", "csv").out
    assert "['" not in run("summary", "show", *CELL).out
    assert "stale summary" in run("check").out
    assert run("summary", "remove", *CELL).status == 0
    assert run("summary", "list").err == "sibtui: there is no summary.\n"


def test_a_text_from_stdin_and_a_code_in_a_case(run: Callable[..., Any]) -> None:
    words = ("--code", "Flexible workloads", "SIB A")
    assert run("summary", "set", *words, "-", stdin="Loads\nshrink.\n").status == 0
    [facts] = run("summary", "show", *words, "--format", "json").json
    assert (facts["text"], facts["case"], facts["matrix"]) == ("Loads\nshrink.", "SIB A", "")
    assert run("summary", "remove", *words).status == 0


@pytest.mark.parametrize(
    "words",
    [
        ("summary", "set", "table-1", "SIB A", "Text"),
        ("summary", "set", "--code", "Trust before assessment", *CELL, "Text"),
        ("summary", "show", "table-1"),
        ("summary", "list", "--missing"),
        ("summary", "list", "table-1", "--code", "Flexible workloads"),
        ("matrix", "show", "table-1", "--cells", "summary", "--states"),
        ("check", "--confidential", "--summaries"),
    ],
)
def test_words_that_do_not_fit_are_a_wrong_use(run: Callable[..., Any], words: tuple[str, ...]) -> None:
    assert run(*words).status == 2


def test_a_link_to_another_cell_is_refused(run: Callable[..., Any]) -> None:
    result = run("summary", "set", *CELL, "Loads shrink [1].")
    assert (result.status, result.out) == (1, "")
    assert "[1]: coding 1 is no quote of “More flexible workload distribution” in SIB A." in result.err


def test_the_table_of_words_has_its_quotes_below(run: Callable[..., Any]) -> None:
    run("summary", "set", *CELL, "Loads shrink [60].")
    shown = run("matrix", "show", "table-1", "--cells", "summary + mark", "--transpose", "--format", "md").out
    assert "| SIB A | X | X / Loads shrink [\\[1\\]](#quote-1). |" in shown
    assert '| <a id="quote-1"></a>1 | a2 | 3295:3385 |' in shown
    record = run("matrix", "show", "table-1", "--cells", "summary", "--format", "json").json
    assert record["quotes"][0]["coding"] == 60
    cell = record["rows"][1]["cells"]["SIB A"]
    assert (cell["summaries"][0]["text"], cell["summaries"][0]["stale"]) == ("Loads shrink [1].", False)
    assert run("matrix", "show", "table-1", "--cells", "summary", "--format", "csv").status == 0
    assert run("matrix", "show", "table-1", "--cells", "summary", "--format", "latex").status == 0
    assert "Loads shrink [1]." in run("matrix", "show", "table-1", "--cells", "summary").out


def test_what_is_left_out_is_named(run: Callable[..., Any]) -> None:
    run("summary", "set", *CELL, "Loads shrink.")
    assert "left out 1 judgement and 1 summary of table-1" in run("matrix", "show", "table-1", "--kind", "report").err
    assert (
        "its 1 judgement and 1 summary removed"
        in run("matrix", "define", "--name", "table-1", "--rows-under", "Innovative services").err
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("matrix", "set", "table-1", "--columns", "sources"), "; its 1 judgement and 1 summary removed"),
        (("matrix", "set", "table-1", "--remove-row", CELL[1]), "changed matrix table-1; its 1 summary removed"),
        (("matrix", "remove", "table-1"), "removed matrix table-1; its 1 judgement and 1 summary removed"),
        (("case", "remove", "SIB C", "SIB A"), "removed case SIB A; its 2 summaries removed"),
        (("matrix", "set", "table-1", "--title", "Table 1."), "changed matrix table-1 (`sibtui undo`"),
    ],
)
def test_a_change_names_the_number_of_summaries_and_judgements_removed(
    run: Callable[..., Any], words: tuple[str, ...], message: str
) -> None:
    run("summary", "set", *CELL, "Loads shrink.")
    run("summary", "set", "--code", "Flexible workloads", "SIB A", "Loads shrink.")
    assert message in run(*words).err


def test_a_source_or_code_names_the_summaries_removed_with_it(run: Callable[..., Any]) -> None:
    row = ("matrix", "define", "--name", "mine", "--row", "Loads=Flexible workloads", "--columns", "sources")
    assert "removed" not in run(*row).err
    run("summary", "set", "mine", "Loads", "a2", "Loads shrink.")
    assert "codings; its 1 summary removed (" in run("source", "remove", "a2").err
    run("code", "add", "Rests")
    run("summary", "set", "--code", "Rests", "SIB A", "Nobody rests.")
    assert "removed code Rests; its 1 summary removed (" in run("code", "remove", "Rests").err


def test_missing_summaries_are_listed(run: Callable[..., Any]) -> None:
    before = len(run("summary", "list", "table-1", "--missing", "--format", "json").json)
    run("summary", "set", *CELL, "Loads shrink.")
    assert len(run("summary", "list", "table-1", "--missing", "--format", "json").json) == before - 1
    assert "has quotes and no summary" in run("check", "--summaries").out


def test_the_legend_names_blank_cells_that_have_quotes_but_no_summary(run: Callable[..., Any]) -> None:
    shown = ("matrix", "show", "table-1", "--cells", "summary")
    assert "(blank) = no summary, rejected, absent" in run(*shown).out
    for row in run(*shown, "--format", "json").json["rows"]:
        for case, cell in row["cells"].items():
            if cell["state"] not in {"absent", "rejected"}:
                run("summary", "set", "table-1", row["label"], case, "It happens.")
    assert "(blank) = rejected, absent" in run(*shown).out
    run("summary", "remove", *CELL)
    assert run(*shown, "--format", "json").json["legend"][""] == "no summary, rejected, absent"
    assert "no summary" not in run("matrix", "show", "table-1", "--cells", "summary + mark").out
