"""`sibtui render`, `sibtui report methods` and `sibtui study set --method`."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("sample")


def test_a_paper_is_written_only_if_every_placeholder_is_filled(run) -> None:
    Path("paper.md").write_bytes(b'a\r\n{{ count "Rate card" in "SIB A" }}\r\n')
    assert "wrote 1 placeholder to out.md" in run("render", "paper.md", "-o", "out.md").err
    assert Path("out.md").read_bytes() == b"a\r\n8\r\n"
    assert run("render", "paper.md", "-o", "out.md").status == 1
    assert run("render", "paper.md").out == "a\r\n8\r\n"
    Path("paper.md").write_text("{{ matrix table-9 }}\n{{ quote x }}", encoding="utf-8")
    failed = run("render", "paper.md", "-o", "new.md")
    assert failed.status == 1
    assert "paper.md, line 1: {{ matrix table-9 }}: No matrix is named" in failed.err
    assert "paper.md, line 2: {{ quote x }}:" in failed.err
    assert not Path("new.md").exists()


def test_retired_codes_are_counted(run) -> None:
    run("code", "retire", "Rate card")
    Path("paper.md").write_text('{{ count "Rate card" in "SIB A" }} {{ count "Service user voice" }}', encoding="utf-8")
    assert run("render", "paper.md").out.startswith("8 0")


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".html", ".pdf", ".odt", ".DOCX"])
def test_a_filled_paper_is_not_written_under_the_extension_of_another_format(run, suffix: str) -> None:
    Path("paper.md").write_text("{{ quote 1 }}", encoding="utf-8")
    Path(f"out{suffix}").write_text("own", encoding="utf-8")
    refused = run("render", "paper.md", "-o", f"out{suffix}", "--force")
    assert refused.status == 1
    assert f"out{suffix}: the name of a filled paper ends in .md or .tex, and {suffix.lower()} is the" in refused.err
    assert Path(f"out{suffix}").read_text(encoding="utf-8") == "own"


@pytest.mark.parametrize(
    "name", ["out.md", "out.markdown", "out.tex", "out.txt", "out.qmd", "out.version-2", "out", "-"]
)
def test_a_filled_paper_may_have_the_extension_of_a_text_or_an_unknown_one(run, name: str) -> None:
    Path("paper.qmd").write_text("{{ quote 1 }}", encoding="utf-8")
    assert run("render", "paper.qmd", "-o", name).status == 0


def test_answers_about_the_methods_are_set_and_removed(run) -> None:
    assert "changed the properties" in run("study", "set", "--method", "sampling=purposive").err
    rows = {row["item"]: row for row in run("report", "methods", "--format", "json").json}
    assert (rows["Sampling"]["answer"], rows["Sampling"]["from"]) == ("purposive", "declared")
    assert "nothing was changed" in run("study", "set", "--method", "sampling=purposive").err
    assert run("study", "set", "--method", "sampling=").status == 0
    assert run("study", "set", "--method", "samplings=x").status == 1
    assert run("study", "set", "--method", "sampling").status == 2
    assert run("study", "set").status == 2
    csv = run("report", "methods", "--standard", "srqr", "--format", "csv")
    assert csv.out.startswith("part,number,item,question,answer,from\n")
    assert "Paragraph: The material is 18 sources" in csv.err
