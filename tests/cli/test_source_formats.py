"""`sibtui source add` and `source set --text` with documents, transcripts and survey tables from real libraries."""

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
    """Return a folder with a note in every format and some files that are not notes."""
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


def test_a_folder_with_every_format_is_added(run, folder: Path) -> None:
    result = run("source", "add", folder)
    assert result.status == 0
    assert "8 sources added" in result.err
    assert "1 other file in notes left alone (.jpg)" in result.err
    stored = texts(run)
    assert [name[0] for name in stored] == list("abcdefgh")
    assert stored["g"] == "[00:00:01] Words of g."
    assert all(text.endswith(f"Words of {name[0]}.") for name, text in stored.items())


@pytest.mark.slow
def test_only_the_unreadable_of_a_hundred_files_are_refused_with_reasons(run) -> None:
    folder = Path("many")
    folder.mkdir()
    for number in range(97):
        (folder / f"n{number:02}.txt").write_text(f"Words of {number}.\n", encoding="utf-8")
    (folder / "x1.docx").write_bytes(b"PK\x03\x04 cut short")
    (folder / "x2.pdf").write_bytes(b"%PDF-1.4 and no more")
    (folder / "x3.vtt").write_text("no subtitles", encoding="utf-8")
    result = run("source", "add", folder)
    assert result.status == 1
    assert "97 sources added, 3 refused" in result.err
    for file in ("x1.docx", "x2.pdf", "x3.vtt"):
        (line,) = [line for line in result.err.splitlines() if file in line]
        assert line.startswith("sibtui: refused: many/")
        assert "Traceback" not in line
    assert len(texts(run)) == 97


def test_the_option_strict_lists_every_refused_file_and_adds_nothing(run, folder: Path) -> None:
    (folder / "x1.docx").write_bytes(b"PK\x03\x04 cut short")
    (folder / "x2.vtt").write_text("no subtitles", encoding="utf-8")
    result = run("source", "add", folder, "--strict")
    assert result.status == 1
    assert "x1.docx" in result.err
    assert "x2.vtt" in result.err
    assert "nothing was added: 2 files refused" in result.err
    assert texts(run) == {}


def test_warnings_of_a_reader_are_printed_with_the_file(run) -> None:
    pdf(Path("scan.pdf"), "Words.", "")
    result = run("source", "add", "scan.pdf")
    assert result.status == 0
    (line,) = [line for line in result.err.splitlines() if line.startswith("sibtui: scan.pdf: ")]
    assert "page 2" in line


def test_the_warnings_of_a_skipped_file_are_not_repeated(run) -> None:
    pdf(Path("scan.pdf"), "Words.", "")
    run("source", "add", "scan.pdf")
    again = run("source", "add", "scan.pdf")
    assert "already in the study, as scan" in again.err
    assert "page 2" not in again.err


def test_progress_is_shown_only_on_a_terminal_for_several_files(run, folder: Path) -> None:
    assert "Reading" in run("source", "add", folder, terminal=True).err
    assert "Reading" not in run("source", "add", folder / "a.md", terminal=True).err
    assert "Reading" not in run("source", "add", folder).err


class TestSubtitles:
    def test_times_and_speakers_are_kept_unless_options_leave_them_out(self, run) -> None:
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
    def test_each_row_becomes_a_source_with_the_other_columns_as_attributes(self, run) -> None:
        Path("s.csv").write_text("id,age,why\np1,31,They asked me first.\np2,52,Nobody asked us.\n", encoding="utf-8")
        result = run("source", "add", "s.csv", "--name-column", "id", "--kind", "other")
        assert "added 2 sources from s.csv: p1 … p2" in result.err
        assert "the longest column, “why”, was taken as the text" in result.err
        assert texts(run) == {"p1": "They asked me first.", "p2": "Nobody asked us."}
        facts = run("source", "show", "p2", "--format", "json").facts
        assert (facts["attribute: age"], facts["kind"], facts["fidelity"]) == ("52", "other", "verbatim")
        assert "attribute: id" not in facts

    def test_options_choose_the_columns_and_the_sheet(self, run) -> None:
        workbook(Path("s.xlsx"))
        result = run(
            *("source", "add", "s.xlsx", "--sheet", "Answers", "--text-column", "why", "--text-column", "what next"),
            *("--name-column", "id", "--attribute-column", "age"),
        )
        assert result.status == 0, result.err
        assert texts(run)["p1"] == "why\nThey asked.\n\nwhat next\nMore."

    def test_a_longer_table_adds_its_new_rows_and_counts_the_known_rows(self, run) -> None:
        Path("s.csv").write_text("id,why\np1,They asked.\np2,Nobody.\n", encoding="utf-8")
        run("source", "add", "s.csv", "--name-column", "id")
        Path("s.csv").write_text("id,why\np1,They asked.\np2,Nobody.\np3,Somebody.\n", encoding="utf-8")
        result = run("source", "add", "s.csv", "--name-column", "id")
        assert "added 1 source from s.csv: p3" in result.err
        assert "skipped: 2 rows of s.csv are already in the study" in result.err
        assert len(texts(run)) == 3

    def test_only_the_row_whose_name_is_in_use_is_refused(self, run) -> None:
        run("source", "add", "-", "--name", "p2", stdin="Other words.")
        Path("s.csv").write_text("id,why\np1,They asked.\np2,Nobody.\n", encoding="utf-8")
        result = run("source", "add", "s.csv", "--name-column", "id")
        assert result.status == 1
        assert "refused: s.csv, p2: There is already a source “p2”" in result.err
        assert "1 source added, 1 refused" in result.err

    def test_a_single_name_for_several_rows_is_refused(self, run) -> None:
        Path("s.csv").write_text("id,why\np1,They asked.\np2,Nobody.\n", encoding="utf-8")
        refused = run("source", "add", "s.csv", "--name", "x")
        assert refused.status == 1
        assert "s.csv holds 2 sources, but one name is given: --name-column names the rows of a table." in refused.err

    def test_the_message_on_an_unknown_column_lists_the_known_columns(self, run) -> None:
        Path("s.csv").write_text("id,why\np1,They asked.\n", encoding="utf-8")
        refused = run("source", "add", "s.csv", "--text-column", "answer")
        assert refused.status == 1
        assert "no column “answer”; there are “id” and “why”" in refused.err

    def test_column_options_without_a_table_are_a_usage_error(self, run) -> None:
        Path("a.md").write_text("Words.\n", encoding="utf-8")
        assert run("source", "add", "a.md", "--text-column", "why").status == 2
        assert texts(run) == {}


class TestSpeakers:
    def test_speakers_become_attributes(self, run) -> None:
        Path("g.txt").write_text(GROUP, encoding="utf-8")
        result = run("source", "add", "g.txt", "--speakers")
        assert "g.txt: 2 people speak: Anna and Ben; asked by Interviewer." in result.err
        facts = run("source", "show", "g", "--format", "json").facts
        assert (facts["attribute: people"], facts["attribute: participants"]) == ("2", "Anna; Ben")

    def test_an_option_names_the_interviewers(self, run) -> None:
        Path("g.txt").write_text(GROUP, encoding="utf-8")
        result = run("source", "add", "g.txt", "--interviewer", "anna", "--interviewer", "Interviewer")
        assert "1 person speaks: Ben; asked by Interviewer and Anna." in result.err
        assert run("source", "show", "g", "--format", "json").facts["attribute: participants"] == "Ben"

    def test_front_matter_is_preferred_to_the_recognised_speakers(self, run) -> None:
        Path("g.md").write_text(f"---\npeople: 3\n---\n\n{GROUP}", encoding="utf-8")
        run("source", "add", "g.md", "--speakers")
        facts = run("source", "show", "g", "--format", "json").facts
        assert (facts["attribute: people"], facts["attribute: participants"]) == ("3", "Anna; Ben")

    def test_a_text_without_turns_is_added_with_a_message(self, run) -> None:
        Path("n.txt").write_text("They said that it was good.\n", encoding="utf-8")
        result = run("source", "add", "n.txt", "--speakers")
        assert (result.status, "nobody is recognised who speaks in it" in result.err) == (0, True)
        assert "--speaker-pattern finds names that are written in another form." in result.err
        assert "attribute: people" not in run("source", "show", "n", "--format", "json").facts

    @pytest.mark.parametrize(
        ("name", "file"),
        [
            (
                "g.vtt",
                "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>one</v>\n\n00:02.000 --> 00:03.000\n<v Bo>two</v>\n",
            ),
            ("g.tsv", "start\tend\tspeaker\ttext\n0\t1000\tAnn\tone\n1000\t2000\tBo\ttwo\n"),
        ],
    )
    def test_a_speaker_named_in_the_fields_of_a_file_may_have_a_single_turn(self, run, name, file) -> None:
        Path(name).write_text(file, encoding="utf-8")
        assert "2 people speak: Ann and Bo" in run("source", "add", name, "--speakers").err
        Path(f"b-{name}").write_text(f"{file}\n", encoding="utf-8")
        assert "2 people speak: Ann and Bo" in run("source", "add", f"b-{name}", "--speakers", "--drop-times").err

    def test_without_the_option_no_speakers_are_recognised(self, run) -> None:
        Path("g.txt").write_text(GROUP, encoding="utf-8")
        run("source", "add", "g.txt")
        assert "attribute: people" not in run("source", "show", "g", "--format", "json").facts

    def test_a_pattern_names_the_speakers(self, run) -> None:
        Path("g.txt").write_text("<An> They asked.\n<Bo> No.\n", encoding="utf-8")
        result = run("source", "add", "g.txt", "--speaker-pattern", r"^<(?P<speaker>\w+)>", "--interviewer", "Bo")
        assert "g.txt: 1 person speaks: An; asked by Bo." in result.err

    def test_a_bad_pattern_adds_nothing(self, run) -> None:
        Path("g.txt").write_text(GROUP, encoding="utf-8")
        for pattern, problem in (("(", "not a regular expression: missing )"), ("x", "no group “speaker”")):
            result = run("source", "add", "g.txt", "--speaker-pattern", pattern)
            assert (result.status, problem in result.err) == (1, True), result.err
        assert texts(run) == {}

    def test_a_pattern_without_a_match_is_reported(self, run) -> None:
        Path("g.txt").write_text(GROUP, encoding="utf-8")
        result = run("source", "add", "g.txt", "--speaker-pattern", "^<(?P<speaker>.+)>")
        assert "g.txt: nobody is recognised who speaks in it: the pattern for speakers matches nowhere." in result.err

    def test_speakers_cannot_be_both_dropped_and_recognised(self, run) -> None:
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
        result = run("source", "set", "n", "--text", "n.docx")
        assert result.status == 0, result.err
        assert "1 coding carried over to the new text of n, 1 moved" in result.err
        (coding,) = run("coding", "list", "--format", "json").json
        assert (coding["start"], coding["quote"]) == (23, "The quote.")
        assert run("source", "show", "n", "--format", "json").facts["original"] == "n.docx"

    def test_a_correction_from_a_table_with_several_rows_is_refused(self, run) -> None:
        Path("s.csv").write_text("why\nThe quote.\nWords.\n", encoding="utf-8")
        refused = run("source", "set", "n", "--text", "s.csv")
        assert refused.status == 1
        assert "s.csv holds 2 sources, but n is one" in refused.err
        assert texts(run) == {"n": "First words.\nThe quote."}

    def test_a_guessed_encoding_of_a_correction_is_reported(self, run) -> None:
        Path("n.txt").write_bytes("Naïveté, déjà vu – café\nThe quote.\n".encode("cp1252"))
        assert "n.txt was read as cp1252, which is a guess" in run("source", "set", "n", "--text", "n.txt").err


def with_comments(path: Path, count: int) -> Path:
    document = docx.Document()
    paragraph = document.add_paragraph("They asked us.")
    for number in range(count):
        document.add_comment(paragraph.runs, text=f"remark {number}", author="R1")
    document.save(str(path))
    return path


def test_content_left_out_is_reported_for_each_file_and_as_a_total(run):
    with_comments(Path("a.docx"), 1)
    with_comments(Path("b.docx"), 2)
    result = run("source", "add", "a.docx", "b.docx", "--format", "json")
    assert "a.docx: 1 comment was left out." in result.err
    assert "b.docx: 2 comments were left out." in result.err
    assert "in all, 3 comments were left out." in result.err
    assert [(each["file"], each["outcome"], each["left_out"]) for each in result.json] == [
        ("a.docx", "added", [{"kind": "comment", "count": 1}]),
        ("b.docx", "added", [{"kind": "comment", "count": 2}]),
    ]


def test_a_refused_file_is_in_the_json_report(run):
    Path("a.docx").write_bytes(b"no archive")
    Path("b.txt").write_text("Words.")
    (refused, added) = run("source", "add", "a.docx", "b.txt", "--format", "json").json
    assert (refused["outcome"], added["outcome"]) == ("refused", "added")
    assert list(refused) == list(added)
    assert "is not a Word document" in refused["reason"]


def coded_in_word(path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for words, comment in (
        ("They asked us. ", "TRUST"),
        ("Nobody came. ", "Code: Waiting"),
        ("We left.", "Ask her again."),
    ):
        run = paragraph.add_run(words)
        document.add_comment([run], text=comment, author="R1")
    document.save(str(path))


def test_comments_become_codings_and_memos(run):
    coded_in_word(Path("a.docx"))
    run("code", "add", "Trust")
    result = run("source", "add", "a.docx", "--comments")
    assert "a.docx: its 3 comments became 1 memo and 2 codings." in result.err
    assert "“Waiting” is a new code." in result.err
    assert "left out" not in result.err
    codings = run("coding", "list", "--format", "json").json
    assert [(each["code"], each["quote"], each["coder"]) for each in codings] == [
        ("Trust", "They asked us.", "R1"),
        ("Waiting", "Nobody came.", "R1"),
    ]
    (memo,) = run("memo", "list", "--format", "json").rows
    assert (memo["on"], memo["of"], memo["title"]) == ("source", "a", "28:36 “We left.”")
    run("undo")
    assert run("coding", "list", "--format", "json").json == []


def test_with_comment_codes_each_short_comment_becomes_a_code(run):
    coded_in_word(Path("a.docx"))
    result = run("source", "add", "a.docx", "--comment-codes", "--format", "json")
    assert [(each["memos"], each["codings"], each["new_codes"]) for each in result.json] == [
        (1, 2, ["TRUST", "Waiting"])
    ]


def test_a_message_suggests_the_option_when_comments_are_left_out(run):
    coded_in_word(Path("a.docx"))
    assert "--comments brings the comments of Word" in run("source", "add", "a.docx").err


def test_no_option_is_suggested_for_comments_that_no_option_imports(run):
    Path("a.vtt").write_text(f"{VTT}\nNOTE an aside\n", encoding="utf-8")
    result = run("source", "add", "a.vtt")
    assert "1 comment was left out" in result.err
    assert "--comments" not in result.err
