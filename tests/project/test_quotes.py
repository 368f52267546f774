"""`project.quotes` and `project.claims.find`: drafts in Markdown, LaTeX and Word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pytest

from sibtui.errors import InputError, OutOfRangeError

from .study import add_source

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.project import Project
    from sibtui.project.papers.quote_check import QuotationReport

DRAFT = "# Findings\n\nThey said “{spoken}” and ‘{noted}’.\n\n> {changed}\n\nA “term”.\n"
WORDS = {
    "spoken": "We open doors […] out of the doorway",
    "noted": "most have been dropped by eight or ten services",
    "changed": "If the city has one, we don't need one.",
}


def write(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def found(report: QuotationReport) -> list[tuple[int, str, str]]:
    return [(int(str(row[0])), str(row[2]), str(row[3])) for row in report.table().rows]


def test_the_quotations_of_a_markdown_draft_have_lines_and_states(sample: Project, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    report = sample.quotes.check(
        write(tmp_path, "draft.md", DRAFT.format(**WORDS)), progress=lambda *at: seen.append(at)
    )
    assert found(report) == [(3, "exact", "b1"), (3, "paraphrase in the source", "b1"), (5, "altered", "b1")]
    assert report.quotations[2].difference == ("“town” → “city”",)
    assert seen == [(1, 3), (2, 3), (3, 3)]
    assert not report.is_sound
    below = report.table().below
    assert below[0] == "3 quotations: 1 exact, 1 altered, 1 paraphrase in the source, 0 not found."
    assert below[1:3] == ("1 shorter passage in quotation marks was not checked.", "By participant: b1 3.")
    assert report.by_participant().rows == (("b1", 3, 1, 1, 1),)
    assert sample.quotes.check(tmp_path / "draft.md", fewest=1).short == 0


def test_latex_and_word_drafts_are_read(sample: Project, tmp_path: Path) -> None:
    tex = write(tmp_path, "draft.tex", "% ``not this one here''\nText ``We open doors and then'' end.\r\n")
    assert found(sample.quotes.check(tex)) == [(2, "exact", "b1")]
    document = docx.Document()
    for text in ("Heading", "", "One “we open doors and then we get out”.", "Two."):
        document.add_paragraph(text)
    document.save(str(tmp_path / "draft.docx"))
    report = sample.quotes.check(tmp_path / "draft.docx")
    assert report.table().columns[0] == "paragraph"
    assert found(report) == [(2, "exact", "b1")]
    assert report.is_sound


def test_the_participant_is_the_speaker_or_those_of_the_source(empty: Project, tmp_path: Path) -> None:
    talk = "Ann: We left early that day.\n\nBo: Nobody ever called us back.\n\nAnn: It was fine.\n\nBo: It was not.\n"
    add_source(empty, "talk", text=talk, fidelity="verbatim")
    add_source(empty, "alone", text="The choir was short of a bass.", fidelity="verbatim")
    empty.attributes.add("source", "participants")
    empty.sources.set("alone", attributes={"participants": "P7"})
    draft = write(tmp_path, "d.md", "“Nobody ever called us back” “the choir was short” “nothing of the kind here”")
    report = empty.quotes.check(draft)
    assert report.participants == ("Bo", "P7", "")
    empty.sources.set("alone", attributes={"participants": "; "})
    assert empty.quotes.check(draft).participants == ("Bo", "alone", "")


def test_an_odd_draft_is_refused(sample: Project, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"must be one of \.md"):
        sample.quotes.check(write(tmp_path, "draft.pages", "x"))
    with pytest.raises(InputError):
        sample.quotes.check(tmp_path / "gone.md")
    with pytest.raises(OutOfRangeError):
        sample.quotes.check(write(tmp_path, "draft.md", "x"), fewest=0)
    assert sample.quotes.check(write(tmp_path, "draft.md", "no quotation")).table().below == (
        "0 quotations: 0 exact, 0 altered, 0 paraphrase in the source, 0 not found.",
    )


def test_the_candidates_of_a_draft_have_lines(sample: Project, tmp_path: Path) -> None:
    draft = write(tmp_path, "draft.md", "# Some cards\n\nIt rained.\nMost of the SIBs used the rate card. Fine.\n")
    table = sample.claims.find(draft)
    assert [(row[0], row[2]) for row in table.rows][-1] == (4, ("Most",))
    assert "table-3 / Use of rate card" in table.rows[-1][4]
    assert table.below[0].endswith("of draft.md may be a claim about the tables: decide on each.")
