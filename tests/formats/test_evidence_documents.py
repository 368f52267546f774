from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import docx
import pytest
from sample_evidence import COUNTER, EVIDENCE, NOTHING, PEERS, SPOKEN
from sample_matrix import HOSTILE, MATRIX
from test_matrices import ELEMENTS, Page

from sibtui.formats import evidence_docx, evidence_html, evidence_md
from sibtui.formats.evidence_parts import OVERLAPPING, PLACES, entries, explained
from sibtui.formats.office import plain
from sibtui.model.matrix import CellEvidence
from sibtui.model.report import MatrixEvidence, Telling

ALL = Telling(coders=True, memos=True)
BOTH = (EVIDENCE, NOTHING)


def document(data: bytes):
    return docx.Document(io.BytesIO(data))


def words(data: bytes) -> str:
    found = document(data)
    return "\n".join(p.text for p in found.paragraphs) + "\n".join(
        c.text for t in found.tables for r in t.rows for c in r.cells
    )


FORMS = {
    "html": evidence_html.render,
    "md": evidence_md.render,
    "docx": lambda *given, **told: words(evidence_docx.render(*given, **told)),
}


def test_a_cell_is_told_with_its_counts_and_what_it_rests_on():
    told = [(entry.heading, entry.said) for entry in entries(EVIDENCE)]
    assert told == [
        ("Brokering by staff (EX: link workers) – SIB A", "present: 3 quotes from 2 sources; rests on a single source"),
        ("Brokering by staff (EX: link workers) – SIB C", "contested: 2 quotes from 1 source, 1 of counter-evidence"),
        ("Peer mentoring – SIB B", "rejected: 1 of counter-evidence"),
        ("Peer mentoring – SIB D", "present: no quotes"),
        (f"{' '.join(plain(HOSTILE).split())} – SIB D", "present: 3 quotes from 2 sources; robust"),
    ]


def test_a_judgement_is_told_even_where_there_is_no_quote():
    judged = {entry.judged for entry in entries(EVIDENCE)} - {""}
    said = "(computed: present; the evidence has changed since): Said twice, in other words"
    assert judged == {f"Judged present on 2024-05-01 {said}"}
    assert {entry.judged for entry in entries(EVIDENCE, ALL)} - {""} == {
        f"Judged present by coder 1 on 2024-05-01 {said}"
    }


def test_words_as_spoken_stand_between_quotation_marks_and_paraphrase_never():
    first = next(entries(EVIDENCE)).quotes
    assert first[0].words == f"“{SPOKEN.quote}”"
    assert first[1].words == "Weekly meetings, by her account."
    for render in FORMS.values():
        assert "“Weekly" not in render(BOTH)


def test_a_quote_tells_its_place_and_its_doubts():
    quotes = [quote.where for entry in entries(EVIDENCE) for quote in entry.quotes]
    assert quotes[:2] == ["note 1, 120–180 · Working/Brokering", "note 2, 120–180 · Working/Brokering · tentative"]
    assert quotes[5].endswith(" · counter-evidence")


def test_overlapping_codings_are_explained_where_there_are_any():
    assert explained(EVIDENCE) == f"{PLACES} {OVERLAPPING}"
    assert explained(replace(EVIDENCE, cells=EVIDENCE.cells[2:3])) == PLACES


@pytest.mark.parametrize("form", FORMS)
def test_coders_and_memos_are_told_only_when_asked_for(form):
    reserved, told = FORMS[form](BOTH), FORMS[form](BOTH, telling=ALL)
    assert "login-name" not in reserved.replace("\\", "")
    assert "A memo of ours" not in reserved
    assert "coded by login-name" in told.replace("\\", "")
    assert "A memo of ours" in told


@pytest.mark.parametrize("form", FORMS)
def test_hostile_text_is_data(form):
    found = FORMS[form](BOTH, title=HOSTILE, telling=ALL)
    assert not re.search("[\x1b\u202e]", found)
    if form != "docx":
        assert "<b>" not in found


def test_every_mark_with_evidence_leads_to_it_and_back_on_a_page():
    found = evidence_html.render((EVIDENCE, EVIDENCE), title=HOSTILE, telling=ALL)
    page = Page()
    page.feed(found)
    page.close()
    assert page.open == []
    assert page.links <= page.ids
    assert len(re.findall(r' id="', found)) == len(page.ids)
    assert page.seen <= ELEMENTS | {"section", "h1", "h2", "h3", "blockquote", "footer"}
    for number in (1, 2):
        for cell in ("0-0", "0-2", "1-1", "1-3", "2-3"):
            assert {f"m{number}-cell-{cell}", f"m{number}-evidence-{cell}"} <= page.links
    assert '<td id="m1-cell-0-0"><a href="#m1-evidence-0-0" title="present: to the evidence">X</a><sup>' in found
    assert "m1-evidence-0-1" not in found


def test_a_mark_that_is_printed_blank_can_still_be_followed():
    blank = replace(EVIDENCE.matrix.rows[1].cells[1], mark="")
    row = replace(MATRIX.rows[1], cells=(*MATRIX.rows[1].cells[:1], blank, *MATRIX.rows[1].cells[2:]))
    evidence = MatrixEvidence(
        replace(MATRIX, rows=(row,)), (CellEvidence(PEERS, "SIB B", "rejected", None, (COUNTER,)),)
    )
    assert '<a href="#m1-evidence-0-1" title="rejected: to the evidence">&nbsp;' in evidence_html.render((evidence,))
    assert "[&nbsp;&nbsp;&nbsp;](#m1-evidence-0-1)" in evidence_md.render((evidence,))
    assert document(evidence_docx.render((evidence,))).tables[0].rows[1].cells[2].text == "\u00a0\u00a0\u00a0"


def test_every_mark_with_evidence_leads_to_it_and_back_in_markdown():
    found = evidence_md.render((EVIDENCE, EVIDENCE))
    ids, links = re.findall(r'<a id="([^"]+)">', found), re.findall(r"\]\(#([^)]+)\)", found)
    assert sorted(ids) == sorted(links)
    assert len(ids) == len(set(ids)) == 2 * 2 * 5


def test_a_quote_of_several_lines_stays_in_its_block_of_markdown():
    assert (
        "> “We met every week,<br>\n> she said.”\n>\n> — note 1, 120–180 · Working/Brokering\n"
        in evidence_md.render(BOTH)
    )


def test_every_mark_with_evidence_leads_to_it_and_back_in_word():
    xml = zipfile.ZipFile(io.BytesIO(evidence_docx.render((EVIDENCE, EVIDENCE)))).read("word/document.xml").decode()
    marks, links = re.findall(r'bookmarkStart[^>]* w:name="(\w+)"', xml), re.findall(r'w:anchor="(\w+)"', xml)
    assert sorted(marks) == sorted(links)
    assert len(marks) == len(set(marks)) == 2 * 2 * 5
    assert len(set(re.findall(r'bookmarkStart w:id="(\d+)"', xml))) == len(marks)


def test_a_word_appendix_has_a_heading_for_each_matrix_and_cell():
    found = document(evidence_docx.render(BOTH, title="Appendix 3"))
    headings = [(p.style.name, p.text) for p in found.paragraphs if p.style.name.startswith("Heading")]
    assert headings[:3] == [
        ("Heading 1", "Appendix 3"),
        ("Heading 2", MATRIX.title),
        ("Heading 3", "Brokering by staff (EX: link workers) – SIB A ↑"),
    ]
    assert headings[-2:] == [("Heading 2", "Quotes"), ("Heading 3", "Peer mentoring – SIB D ↑")]
    assert len(found.tables) == 2
