"""`sibtui source add` and `source set --text` with documents, transcripts and survey tables, each made by a real library."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest
from odf import text as odf_text
from odf.opendocument import OpenDocumentText
from reportlab.pdfgen.canvas import Canvas

pytestmark = pytest.mark.usefixtures("empty")

GROUP = (
    "Interviewer: What changed?\nAnna: They asked me first.\nBen: Nobody asked us, there.\n"
    "Interviewer: And now?\nAnna: Now I ask them.\nBen: Still nobody.\n"
)
VTT = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Anna>It is better.\n\n00:01:05.000 --> 00:01:06.000\n<v Ben>It is not.\n"


def word(path: Path, *paragraphs: str) -> Path:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(path))
    return path


def open_document(path: Path, words: str) -> Path:
    document = OpenDocumentText()
    document.text.addElement(odf_text.P(text=words))
    document.save(str(path))
    return path


def pdf(path: Path, *pages: str) -> Path:
    canvas = Canvas(str(path))
    for words in pages:
        canvas.drawString(72, 700, words)
        canvas.showPage()
    canvas.save()
    return path


def workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    first = book.active
    first.title = "About"
    first.append(["This workbook holds answers."])
    answers = book.create_sheet("Answers")
    for row in (
        ["id", "age", "why", "what next"],
        ["p1", 31, "They asked.", "More."],
        ["p2", 52, "Nobody did.", "Less."],
    ):
        answers.append(row)
    book.save(path)
    return path


def texts(run) -> dict[str, str]:
    return {
        row["name"]: run("source", "show", row["name"], "--text").out.rstrip("\n")
        for row in run("source", "list", "--format", "json").json
    }


@pytest.fixture
def folder() -> Path:
    """A note of every format, in a folder with things that are none."""
    folder = Path("notes")
    folder.mkdir()
    (folder / "a.md").write_text("Words of a.\n", encoding="utf-8")
    word(folder / "b.docx", "Words of b.")
    open_document(folder / "c.odt", "Words of c.")
    (folder / "d.rtf").write_text(r"{\rtf1\ansi Words of d.}", encoding="ascii")
    pdf(folder / "e.pdf", "Words of e.")
    (folder / "f.html").write_text("<p>Words of f.</p><script>no words</script>", encoding="utf-8")
    (folder / "g.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nWords of g.\n", encoding="utf-8")
    (folder / "h.csv").write_text("answer\nWords of h.\n", encoding="utf-8")
    (folder / "i.jpg").write_bytes(b"\xff\xd8")
    (folder / "~$b.docx").write_bytes(b"lock")
    return folder


def test_a_folder_of_all_formats_comes_in(run, folder: Path) -> None:
    done = run("source", "add", folder)
    assert done.status == 0
    assert "8 sources added" in done.err
    assert "1 other file in notes left alone (.jpg)" in done.err
    found = texts(run)
    assert [name[0] for name in found] == list("abcdefgh")
    assert found["g"] == "[00:00:01] Words of g."
    assert all(text.endswith(f"Words of {name[0]}.") for name, text in found.items())


def test_a_hundred_files_come_in_but_for_those_that_are_told_with_their_reasons(run) -> None:
    folder = Path("many")
    folder.mkdir()
    for number in range(97):
        (folder / f"n{number:02}.txt").write_text(f"Words of {number}.\n", encoding="utf-8")
    (folder / "x1.docx").write_bytes(b"PK\x03\x04 cut short")
    (folder / "x2.pdf").write_bytes(b"%PDF-1.4 and no more")
    (folder / "x3.vtt").write_text("no subtitles", encoding="utf-8")
    done = run("source", "add", folder)
    assert done.status == 1
    assert "97 sources added, 3 refused" in done.err
    for file in ("x1.docx", "x2.pdf", "x3.vtt"):
        (line,) = [line for line in done.err.splitlines() if file in line]
        assert line.startswith("sibtui: refused: many/")
        assert "Traceback" not in line
    assert len(texts(run)) == 97


def test_strict_tells_every_refused_file_and_adds_nothing(run, folder: Path) -> None:
    (folder / "x1.docx").write_bytes(b"PK\x03\x04 cut short")
    (folder / "x2.vtt").write_text("no subtitles", encoding="utf-8")
    done = run("source", "add", folder, "--strict")
    assert done.status == 1
    assert "x1.docx" in done.err
    assert "x2.vtt" in done.err
    assert "nothing was added: 2 files refused" in done.err
    assert texts(run) == {}


def test_what_a_reader_decided_or_could_not_read_is_told_with_the_file(run) -> None:
    pdf(Path("scan.pdf"), "Words.", "")
    done = run("source", "add", "scan.pdf")
    assert done.status == 0
    (line,) = [line for line in done.err.splitlines() if line.startswith("sibtui: scan.pdf: ")]
    assert "page 2" in line


def test_a_file_that_is_skipped_brings_no_warnings_again(run) -> None:
    pdf(Path("scan.pdf"), "Words.", "")
    run("source", "add", "scan.pdf")
    again = run("source", "add", "scan.pdf")
    assert "in the study already, as scan" in again.err
    assert "page 2" not in again.err


def test_progress_is_shown_on_a_terminal_for_several_files_alone(run, folder: Path) -> None:
    assert "Reading" in run("source", "add", folder, terminal=True).err
    assert "Reading" not in run("source", "add", folder / "a.md", terminal=True).err
    assert "Reading" not in run("source", "add", folder).err


class TestSubtitles:
    def test_times_and_speakers_are_kept_unless_they_are_dropped(self, run) -> None:
        for name, options in (
            ("all", ()),
            ("timeless", ["--drop-times"]),
            ("bare", ["--drop-times", "--drop-speakers"]),
        ):
            Path(f"{name}.vtt").write_text(VTT + f"\nNOTE {name}\n", encoding="utf-8")
            assert run("source", "add", f"{name}.vtt", *options).status == 0
        assert texts(run) == {
            "all": "[00:00:01] Anna: It is better.\n[00:01:05] Ben: It is not.",
            "timeless": "Anna: It is better.\nBen: It is not.",
            "bare": "It is better.\nIt is not.",
        }


class TestSurveys:
    def test_a_row_is_a_source_and_its_other_columns_are_attributes(self, run) -> None:
        Path("s.csv").write_text("id,age,why\np1,31,They asked me first.\np2,52,Nobody asked us.\n", encoding="utf-8")
        done = run("source", "add", "s.csv", "--name-column", "id", "--kind", "other")
        assert "added 2 sources from s.csv: p1 … p2" in done.err
        assert "the longest column, “why”, was taken as the text" in done.err
        assert texts(run) == {"p1": "They asked me first.", "p2": "Nobody asked us."}
        facts = run("source", "show", "p2", "--format", "json").facts
        assert (facts["attribute: age"], facts["kind"], facts["fidelity"]) == ("52", "other", "verbatim")
        assert "attribute: id" not in facts

    def test_columns_and_the_sheet_are_told_by_options(self, run) -> None:
        workbook(Path("s.xlsx"))
        done = run(
            *("source", "add", "s.xlsx", "--sheet", "Answers", "--text-column", "why", "--text-column", "what next"),
            *("--name-column", "id", "--attribute-column", "age"),
        )
        assert done.status == 0, done.err
        assert texts(run)["p1"] == "why\nThey asked.\n\nwhat next\nMore."

    def test_a_longer_table_adds_what_is_new_and_counts_the_rest(self, run) -> None:
        Path("s.csv").write_text("id,why\np1,They asked.\np2,Nobody.\n", encoding="utf-8")
        run("source", "add", "s.csv", "--name-column", "id")
        Path("s.csv").write_text("id,why\np1,They asked.\np2,Nobody.\np3,Somebody.\n", encoding="utf-8")
        done = run("source", "add", "s.csv", "--name-column", "id")
        assert "added 1 source from s.csv: p3" in done.err
        assert "skipped: 2 rows of s.csv are in the study already" in done.err
        assert len(texts(run)) == 3

    def test_a_row_whose_name_is_taken_is_refused_by_itself(self, run) -> None:
        run("source", "add", "-", "--name", "p2", stdin="Other words.")
        Path("s.csv").write_text("id,why\np1,They asked.\np2,Nobody.\n", encoding="utf-8")
        done = run("source", "add", "s.csv", "--name-column", "id")
        assert done.status == 1
        assert "refused: s.csv, p2: There is another source “p2”" in done.err
        assert "1 source added, 1 refused" in done.err

    def test_one_name_does_not_do_for_several_rows(self, run) -> None:
        Path("s.csv").write_text("id,why\np1,They asked.\np2,Nobody.\n", encoding="utf-8")
        refused = run("source", "add", "s.csv", "--name", "x")
        assert refused.status == 1
        assert "s.csv holds 2 sources, and --name names one" in refused.err

    def test_a_column_that_is_not_there_is_answered_with_those_that_are(self, run) -> None:
        Path("s.csv").write_text("id,why\np1,They asked.\n", encoding="utf-8")
        refused = run("source", "add", "s.csv", "--text-column", "answer")
        assert refused.status == 1
        assert "no column “answer”; there are “id”, “why”" in refused.err

    def test_columns_without_a_table_are_wrong_usage(self, run) -> None:
        Path("a.md").write_text("Words.\n", encoding="utf-8")
        assert run("source", "add", "a.md", "--text-column", "why").status == 2
        assert texts(run) == {}


class TestSpeakers:
    def test_who_speaks_becomes_attributes(self, run) -> None:
        Path("g.txt").write_text(GROUP, encoding="utf-8")
        done = run("source", "add", "g.txt", "--speakers")
        assert "g.txt: 2 people speak: Anna, Ben; asked by Interviewer." in done.err
        facts = run("source", "show", "g", "--format", "json").facts
        assert (facts["attribute: people"], facts["attribute: participants"]) == ("2", "Anna; Ben")

    def test_who_asks_can_be_told(self, run) -> None:
        Path("g.txt").write_text(GROUP, encoding="utf-8")
        done = run("source", "add", "g.txt", "--interviewer", "anna", "--interviewer", "Interviewer")
        assert "1 person speaks: Ben; asked by Interviewer, Anna." in done.err
        assert run("source", "show", "g", "--format", "json").facts["attribute: participants"] == "Ben"

    def test_a_front_matter_is_believed_before_the_turns(self, run) -> None:
        Path("g.md").write_text(f"---\npeople: 3\n---\n\n{GROUP}", encoding="utf-8")
        run("source", "add", "g.md", "--speakers")
        facts = run("source", "show", "g", "--format", "json").facts
        assert (facts["attribute: people"], facts["attribute: participants"]) == ("3", "Anna; Ben")

    def test_a_text_without_turns_is_told_and_added(self, run) -> None:
        Path("n.txt").write_text("They said that it was good.\n", encoding="utf-8")
        done = run("source", "add", "n.txt", "--speakers")
        assert (done.status, "nobody is recognised who speaks in it" in done.err) == (0, True)
        assert "attribute: people" not in run("source", "show", "n", "--format", "json").facts

    def test_without_the_option_nothing_is_recognised(self, run) -> None:
        Path("g.txt").write_text(GROUP, encoding="utf-8")
        run("source", "add", "g.txt")
        assert "attribute: people" not in run("source", "show", "g", "--format", "json").facts

    def test_names_cannot_be_dropped_and_recognised(self, run) -> None:
        Path("talk.vtt").write_text(VTT, encoding="utf-8")
        assert run("source", "add", "talk.vtt", "--speakers", "--drop-speakers").status == 2


class TestCorrection:
    @pytest.fixture(autouse=True)
    def _coded(self, run, empty) -> None:
        run("source", "add", "-", "--name", "n", "--case", "SIB A", stdin="First words.\nThe quote.\n")
        run("code", "add", "Trust")
        run("coding", "add", "n", "Trust", "--quote", "The quote.")

    def test_a_text_is_corrected_from_a_word_document(self, run) -> None:
        word(Path("n.docx"), "First words, and more.", "The quote.")
        done = run("source", "set", "n", "--text", "n.docx")
        assert done.status == 0, done.err
        assert "1 coding carried over to the new text of n, 1 moved" in done.err
        (coding,) = run("coding", "list", "--format", "json").json
        assert (coding["start"], coding["quote"]) == (23, "The quote.")
        assert run("source", "show", "n", "--format", "json").facts["original"] == "n.docx"

    def test_a_table_of_several_sources_corrects_none(self, run) -> None:
        Path("s.csv").write_text("why\nThe quote.\nWords.\n", encoding="utf-8")
        refused = run("source", "set", "n", "--text", "s.csv")
        assert refused.status == 1
        assert "s.csv holds 2 sources, and n is one" in refused.err
        assert texts(run) == {"n": "First words.\nThe quote."}

    def test_a_guess_of_its_encoding_is_told(self, run) -> None:
        Path("n.txt").write_bytes("Naïveté, déjà vu – café\nThe quote.\n".encode("cp1252"))
        assert "n.txt was read as cp1252, which is a guess" in run("source", "set", "n", "--text", "n.txt").err
