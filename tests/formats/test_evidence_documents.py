from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from functools import partial

import docx
import pytest
from drawing import evidence_in
from sample_evidence import COUNTER, EVIDENCE, NOTHING, PEERS, SPOKEN
from sample_matrix import HOSTILE, MATRIX
from test_matrices import ELEMENTS, Page

from sibtui.formats.codec.office import plain
from sibtui.formats.documents.evidence import READING_NOTE, evidence_section
from sibtui.formats.documents.model import Paragraph, Quotation, Section
from sibtui.model.cell_basis import Gap
from sibtui.model.matrix import CellEvidence
from sibtui.model.report_values import AppendixOptions, MatrixEvidence

ALL = AppendixOptions(coders=True, memos=True)
BOTH = (EVIDENCE, NOTHING)


def document(data: bytes):
    return docx.Document(io.BytesIO(data))


def words(data: bytes) -> str:
    result = document(data)
    return "\n".join(p.text for p in result.paragraphs) + "\n".join(
        c.text for t in result.tables for r in t.rows for c in r.cells
    )


def entries(*given) -> list[tuple[str, list[str], list[Quotation]]]:
    """Return the heading, the facts and the quotes of each cell with evidence or a judgement."""
    sections = [block for block in evidence_section(given[0], 1, *given[1:]).blocks if isinstance(block, Section)]
    return [
        (
            section.title,
            [block.text for block in section.blocks if isinstance(block, Paragraph)],
            [block for block in section.blocks if isinstance(block, Quotation)],
        )
        for section in sections
    ]


FORMS = {
    "html": partial(evidence_in, "html"),
    "md": partial(evidence_in, "md"),
    "docx": lambda *matrices, **options: words(evidence_in("docx", *matrices, **options)),
}


def test_the_summary_of_a_cell_has_its_counts_and_its_fragility():
    summaries = [(heading, facts[0]) for heading, facts, _ in entries(EVIDENCE)]
    assert summaries == [
        (
            "Brokering by staff (EX: link workers) – SIB A",
            "present: 3 firm quotes from 2 sources; robust: holds without any one quote or source",
        ),
        (
            "Brokering by staff (EX: link workers) – SIB C",
            "contested: 2 firm quotes from 1 source, 1 of counter-evidence",
        ),
        ("Peer mentoring – SIB B", "rejected: 1 quote of counter-evidence"),
        ("Peer mentoring – SIB D", "present: no quotes"),
        (
            f"{' '.join(plain(HOSTILE).split())} – SIB D",
            "present: 3 firm quotes from 2 sources; robust: holds without any one quote or source",
        ),
    ]


def test_judgement_without_quotes_is_listed():
    judged = {fact for _, facts, _ in entries(EVIDENCE) for fact in facts[1:]}
    details = "(computed: present; changed since: 1 quote is gone): Said twice, in other words"
    assert judged == {f"Judged present on 2024-05-01 {details}"}
    assert {fact for _, facts, _ in entries(EVIDENCE, ALL) for fact in facts[1:]} == {
        f"Judged present by coder 1 on 2024-05-01 {details}"
    }


def test_open_cell_lists_reasons_and_stale_cell_lists_changes():
    row = MATRIX.rows[1]
    gaps = (Gap("note 3"), Gap("note 4", codes=("Trust",), again=True))
    changes = "1 quote is gone; the topic was asked, and is not asked"
    judged = replace(row.cells[3], gaps=gaps, changes=tuple(changes.split("; ")))
    rejected = replace(row.cells[1], gaps=gaps, waiting=2)
    incomplete = replace(row.cells[2], state="incomplete", computed="incomplete", tentative=1, gaps=gaps)
    cells = (row.cells[0], rejected, incomplete, judged)
    matrix = replace(MATRIX, rows=(replace(row, cells=cells),))
    result = tuple(CellEvidence(PEERS, label, "absent", None, (SPOKEN,)) for label in ("SIB B", "SIB C"))
    texts = [facts for _, facts, _ in entries(MatrixEvidence(matrix, result))]
    reasons = "note 3 is unread; note 4 is not read again for Trust"
    assert texts == [
        [f"rejected: 1 quote of counter-evidence; {reasons}; 2 codings wait for their case"],
        [f"incomplete: 1 tentative quote; {reasons}"],
        [
            f"present: no quotes; {reasons}",
            f"Judged present on 2024-05-01 (computed: present; changed since: {changes}): Said twice, in other words",
        ],
    ]


def test_only_verbatim_quotes_have_quotation_marks():
    _, _, first = entries(EVIDENCE)[0]
    assert first[0].words == f"“{SPOKEN.quote}”"
    assert first[1].words == "Weekly meetings, by her account."
    for render in FORMS.values():
        assert "“Weekly" not in render(BOTH)


def test_the_reference_of_a_quote_has_its_offsets_and_shows_doubts():
    quotes = [quote.reference for _, _, quotes in entries(EVIDENCE) for quote in quotes]
    assert quotes[:2] == ["note 1, 120–180 · Working/Brokering", "note 2, 120–180 · Working/Brokering · tentative"]
    assert quotes[5].endswith(" · counter-evidence")


def test_a_note_on_how_to_read_quotes_comes_before_the_first_quote():
    empty = MatrixEvidence(replace(MATRIX, rows=()), ())
    notes = [
        [block.text for block in evidence_section(matrix, 1).blocks if isinstance(block, Paragraph)]
        for matrix in (EVIDENCE, empty)
    ]
    assert notes == [[READING_NOTE], []]


def test_cells_of_an_appendix_are_read_only_when_they_are_written():
    class Cells(tuple[CellEvidence, ...]):
        __slots__ = ()
        read = 0

        def __iter__(self):
            for cell in tuple.__iter__(self):
                Cells.read += 1
                yield cell

    blocks = iter(evidence_section(replace(EVIDENCE, cells=Cells(EVIDENCE.cells)), 1).blocks)
    next(blocks)
    assert Cells.read == 0
    assert sum(isinstance(block, Section) for block in blocks) >= len(EVIDENCE.cells)
    assert Cells.read == len(EVIDENCE.cells)


@pytest.mark.parametrize("form", FORMS)
def test_coders_and_memos_appear_only_with_options(form):
    plain, complete = FORMS[form](BOTH), FORMS[form](BOTH, options=ALL)
    assert "login-name" not in plain.replace("\\", "")
    assert "A memo of ours" not in plain
    assert "coded by login-name" in complete.replace("\\", "")
    assert "A memo of ours" in complete


@pytest.mark.parametrize("form", FORMS)
def test_hostile_text_is_escaped(form):
    result = FORMS[form](BOTH, title=HOSTILE, options=ALL)
    assert not re.search("[\x1b\u202e]", result)
    if form != "docx":
        assert "<b>" not in result


def test_each_mark_on_a_page_links_to_its_evidence_and_back():
    result = evidence_in("html", (EVIDENCE, EVIDENCE), title=HOSTILE, options=ALL)
    page = Page()
    page.feed(result)
    page.close()
    assert page.open == []
    assert page.links <= page.ids
    assert len(re.findall(r' id="', result)) == len(page.ids)
    assert page.seen <= ELEMENTS | {"section", "h1", "h2", "h3", "blockquote", "footer"}
    for number in (1, 2):
        for cell in ("0-0", "0-2", "1-1", "1-3", "2-3"):
            assert {f"m{number}-cell-{cell}", f"m{number}-evidence-{cell}"} <= page.links
    assert '<td id="m1-cell-0-0"><a href="#m1-evidence-0-0" title="present: to the evidence">X</a><sup>' in result
    assert "m1-evidence-0-1" not in result


def test_mark_that_is_a_space_has_a_visible_link():
    blank = replace(EVIDENCE.matrix.rows[1].cells[1], mark="")
    row = replace(MATRIX.rows[1], cells=(*MATRIX.rows[1].cells[:1], blank, *MATRIX.rows[1].cells[2:]))
    evidence = MatrixEvidence(
        replace(MATRIX, rows=(row,)), (CellEvidence(PEERS, "SIB B", "rejected", None, (COUNTER,)),)
    )
    assert '<a href="#m1-evidence-0-1" title="rejected: to the evidence">&nbsp;' in evidence_in("html", (evidence,))
    assert "[&nbsp;&nbsp;&nbsp;](#m1-evidence-0-1)" in evidence_in("md", (evidence,))
    assert document(evidence_in("docx", (evidence,))).tables[0].rows[1].cells[2].text == "\u00a0\u00a0\u00a0"


def test_each_mark_in_markdown_links_to_its_evidence_and_back():
    result = evidence_in("md", (EVIDENCE, EVIDENCE))
    ids, links = re.findall(r'<a id="([^"]+)">', result), re.findall(r"\]\(#([^)]+)\)", result)
    assert sorted(ids) == sorted(links)
    assert len(ids) == len(set(ids)) == 2 * 2 * 5


def test_a_quote_of_several_lines_stays_in_its_block_of_markdown():
    assert "> “We met every week,\\\n> she said.”\n>\n> — note 1, 120–180 · Working/Brokering\n" in evidence_in(
        "md", BOTH
    )


def test_each_mark_in_word_links_to_its_evidence_and_back():
    xml = zipfile.ZipFile(io.BytesIO(evidence_in("docx", (EVIDENCE, EVIDENCE)))).read("word/document.xml").decode()
    marks, links = re.findall(r'bookmarkStart[^>]* w:name="(\w+)"', xml), re.findall(r'w:anchor="(\w+)"', xml)
    assert sorted(marks) == sorted(links)
    assert len(marks) == len(set(marks)) == 2 * 2 * 5
    assert len(set(re.findall(r'bookmarkStart w:id="(\d+)"', xml))) == len(marks)


def test_a_word_appendix_has_a_heading_for_each_matrix_and_cell():
    result = document(evidence_in("docx", BOTH, title="Appendix 3"))
    headings = [(p.style.name, p.text) for p in result.paragraphs if p.style.name.startswith("Heading")]
    assert headings[:3] == [
        ("Heading 1", "Appendix 3"),
        ("Heading 2", MATRIX.title),
        ("Heading 3", "Brokering by staff (EX: link workers) – SIB A ↑"),
    ]
    assert headings[-2:] == [("Heading 2", "Quotes"), ("Heading 3", "Peer mentoring – SIB D ↑")]
    assert len(result.tables) == 2
