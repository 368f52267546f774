"""`sibtui coding import` with tables made by people and by other programs."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook

from sibtui.project import Project
from sibtui.project.importing.files import read_file
from tests.shared_cases import shared_case

TEXT = "Ann: Yes.\nBo: They came every week.\nAnn: Yes.\nBo: We trusted them, and they trusted us.\n"


@pytest.fixture(scope="session")
def _coded_study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the study of the fixture `study` once: four commands per test would take half of the time."""
    folder = tmp_path_factory.mktemp("coded")
    path, note = folder / "study.sibtui", folder / "p1.txt"
    note.write_text(TEXT, encoding="utf-8")
    with Project.create(path) as project:
        project.sources.add(read_file(note).drafts)
        for code in ("Agrees", "Trust", "Regularity"):
            project.codes.add(code)
    return path


@pytest.fixture
def study(_coded_study: Path, tmp_path: Path) -> None:
    """Copy a study with the note p1, from the file p1.txt, and three codes."""
    Path("p1.txt").write_text(TEXT, encoding="utf-8")
    shutil.copy(_coded_study, tmp_path / "empty.sibtui")


def codings(run) -> list[tuple[str, str, int]]:
    rows = run("coding", "list", "--format", "json").rows
    return [(row["source"], row["code"], row["start"]) for row in rows]


def table(name: str, *rows: str) -> str:
    Path(name).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return name


def workbook(name: str, rows: list[tuple[object, ...]]) -> str:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(name)
    return name


def review_rows(name: str) -> list[dict[str, str]]:
    with Path(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


YES, CAME, SECOND_YES = TEXT.index("Yes."), TEXT.index("They came"), TEXT.rindex("Yes.")
TRUSTED = TEXT.index("trusted them")


@pytest.mark.usefixtures("empty")
class TestSharedCases:
    @pytest.fixture
    def case(self, run):
        """A function that adds the note of a case, with two codes, and returns the path of one of its tables."""

        def add(folder: str, name: str) -> Path:
            path = shared_case(f"codings/{folder}/{name}")
            run("source", "add", path.parent / "p1.txt")
            run("code", "add", "Trust")
            run("code", "add", "Agrees")
            return path

        return add

    def test_a_source_is_found_by_its_file_name(self, run, case) -> None:
        result = run("coding", "import", case("09-suffix-and-repeats", "suffix.csv"))
        assert (result.status, codings(run)) == (0, [("p1", "Trust", CAME)])

    def test_repeated_quotes_in_the_order_of_the_text_get_places_in_this_order(self, run, case) -> None:
        result = run("coding", "import", case("09-suffix-and-repeats", "repeats.csv"))
        assert result.status == 0
        assert codings(run) == [("p1", "Agrees", YES), ("p1", "Trust", CAME), ("p1", "Agrees", SECOND_YES)]
        assert "2 rows: a quote that occurs several times was placed in the order of the table" in result.err

    @pytest.mark.parametrize("options", [("--source-column", "participant"), ()])
    def test_a_column_of_participants_names_the_sources(self, run, case, options) -> None:
        result = run("coding", "import", case("10-other-columns", "participant.csv"), *options)
        assert (result.status, codings(run)) == (0, [("p1", "Trust", CAME)])

    @pytest.mark.parametrize(
        "options",
        [
            (),
            (
                *("--source-column", "document ID", "--quote-column", "text_chunk"),
                *("--code-column", "code_1", "--code-column", "code_2"),
            ),
        ],
    )
    def test_several_columns_of_codes_give_several_codings(self, run, case, options) -> None:
        path = case("10-other-columns", "several-codes.csv")
        result = run("coding", "import", path, *options, "--new-codes")
        assert result.status == 0
        assert codings(run) == [("p1", "Trust", CAME), ("p1", "Regularity", CAME)]
        assert "“Regularity” is a new code." in result.err

    def test_a_workbook_is_read(self, run, case) -> None:
        result = run("coding", "import", case("10-other-columns", "codings.xlsx"))
        assert (result.status, codings(run)) == (0, [("p1", "Trust", CAME)])


@pytest.mark.usefixtures("study")
class TestColumns:
    def test_the_message_on_a_missing_column_names_the_option_for_this_column(self, run) -> None:
        result = run("coding", "import", table("t.csv", "who,what,mark", "p1,They came every week.,Trust"))
        assert result.status == 1
        assert "t.csv has no column for the source, the code and the quote" in result.err
        assert "“who”, “what” and “mark”" in result.err
        assert "--source-column, --code-column and --quote-column name them" in result.err

    def test_a_named_column_that_does_not_exist_is_refused_with_the_columns_of_the_file(self, run) -> None:
        name = table("t.csv", "who,quote,code", "p1,They came every week.,Trust")
        result = run("coding", "import", name, "--source-column", "participants")
        assert (result.status, "t.csv has no column “participants”" in result.err) == (1, True)
        assert "“who”, “quote” and “code”" in result.err

    def test_a_column_can_be_named_for_every_field(self, run) -> None:
        for case in ("SIB A", "SIB B"):
            run("case", "add", case)
        run("source", "set", "p1", "--case", "SIB A", "--case", "SIB B")
        name = table("t.csv", "A;B;C;D;E;F", "p1;They came every week.;Trust;Kim;why;SIB B")
        options = "--source-column A --quote-column B --code-column C --coder-column D --memo-column E --case-column F"
        assert run("coding", "import", name, *options.split()).status == 0
        (row,) = run("coding", "list", "--format", "json").rows
        assert (row["coder"], row["memo"], row["cases"]) == ("Kim", "why", "SIB B")

    def test_messages_name_the_used_columns_and_the_columns_left_out(self, run) -> None:
        name = table("t.csv", "Participant,Quote,Theme,weight,page", "p1,They came every week.,Trust,3,7")
        result = run("coding", "import", name, "--code-column", "Theme")
        assert result.status == 0
        assert "columns of t.csv: source “Participant”, code “Theme”, quote “Quote”." in result.err
        assert "2 columns were left out: “weight” and “page”." in result.err

    @pytest.mark.parametrize(
        ("separator", "cell"), [(";", '"Trust; Regularity"'), ("|", "Trust|Regularity"), ("\\n", '"Trust\nRegularity"')]
    )
    def test_joined_codes_are_split(self, run, separator, cell) -> None:
        name = table("t.csv", "document,content,tag", f"p1,They came every week.,{cell}")
        assert run("coding", "import", name, "--split", separator).status == 0
        assert codings(run) == [("p1", "Trust", CAME), ("p1", "Regularity", CAME)]

    @pytest.mark.parametrize("mark", ["1", "x", "X", "yes", "TRUE", "✓", "1.0"])
    def test_a_wide_table_has_one_column_per_code(self, run, mark) -> None:
        name = table("t.csv", "source,quote,Trust,Regularity,Agrees", f"p1,They came every week.,{mark},0,")
        assert run("coding", "import", name, "--wide").status == 0
        assert codings(run) == [("p1", "Trust", CAME)]

    def test_a_yes_or_no_attribute_of_an_export_is_no_code(self, run) -> None:
        Path("wide.csv").write_text(
            "source,quote,Regularity,attribute:Consent\np1,They came every week.,x,yes\np1,We trusted them,,no\n",
            encoding="utf-8",
        )
        result = run("coding", "import", "wide.csv", "--wide", "--new-codes", "--dry-run")
        assert result.status == 0, result.err
        assert "1 coding" in result.err
        assert "Consent" not in result.err.replace("attribute:Consent", "")

    def test_a_wide_table_uses_only_the_named_columns(self, run) -> None:
        name = table("t.csv", "source,quote,Trust,Regularity", "p1,They came every week.,x,x")
        assert run("coding", "import", name, "--wide", "--code-column", "Regularity").status == 0
        assert codings(run) == [("p1", "Regularity", CAME)]

    def test_a_column_of_a_wide_table_without_marks_is_left_out_and_named(self, run) -> None:
        name = table("t.csv", "source,quote,Trust,place", "p1,They came every week.,1,London")
        result = run("coding", "import", name, "--wide")
        assert (result.status, codings(run)) == (0, [("p1", "Trust", CAME)])
        assert "1 column was left out: “place”." in result.err

    def test_an_empty_column_of_a_wide_table_is_left_out_and_named(self, run) -> None:
        name = table("t.csv", "source,quote,Trust,Follow-up", "p1,They came every week.,1,", "p1,We trusted them,0, ")
        result = run("coding", "import", name, "--wide", "--new-codes")
        assert (result.status, codings(run)) == (0, [("p1", "Trust", CAME)])
        assert "code “Trust”, quote" in result.err
        assert "1 column was left out: “Follow-up”." in result.err

    def test_a_table_with_only_empty_further_columns_has_no_column_for_the_code(self, run) -> None:
        name = table("t.csv", "source,quote,Follow-up,Checked", "p1,They came every week.,,")
        for options in ((), ("--wide",)):
            result = run("coding", "import", name, *options)
            assert result.status == 1
            assert "has no column for the code; its columns are" in result.err
            assert "--wide" not in result.err

    def test_a_column_with_few_unclear_marks_is_read_as_a_code(self, run) -> None:
        rows = [f"p1,They came every week.,{mark}" for mark in ("1", "x", "0", "1", "perhaps")]
        result = run("coding", "import", table("t.csv", "source,quote,Trust", *rows), "--wide")
        assert (result.status, codings(run)) == (1, [("p1", "Trust", CAME)])
        assert "“Trust” is “perhaps”, neither 0 nor 1 nor x" in result.err

    def test_a_row_with_an_unclear_mark_is_written_to_the_review_file(self, run) -> None:
        name = table("t.csv", "source,quote,Trust,Agrees", "p1,They came every week.,perhaps,1")
        result = run("coding", "import", name, "--wide", "--code-column", "Trust", "--code-column", "Agrees")
        assert (result.status, codings(run)) == (1, [("p1", "Agrees", CAME)])
        assert "“Trust” is “perhaps”" in result.err

    def test_a_workbook_written_by_sibtui_is_read_without_loss(self, run) -> None:
        run("case", "add", "A")
        run("source", "set", "p1", "--case", "A")
        for words, stance in (("They came", "supports"), ("trusted us", "counters")):
            run("coding", "add", "p1", "Trust", "--quote", words, "--stance", stance, "--memo", "=why", "--case", "A")
        run("export", "codings", "c.xlsx")
        before = run("export", "codings", "-").out
        run("undo")
        run("undo")
        result = run("coding", "import", "c.xlsx")
        assert (result.status, run("export", "codings", "-").out) == (0, before)

    def test_rows_without_a_code_are_counted(self, run) -> None:
        name = table("t.csv", "id,document,tag,content", "1,p1,,They came every week.", "2,p1,Trust,They came")
        result = run("coding", "import", name)
        assert "1 row without a code was left out." in result.err
        assert len(codings(run)) == 1

    def test_rows_with_more_cells_than_columns_are_refused_and_the_other_rows_are_imported(self, run) -> None:
        name = table("t.csv", "document,content,tag", "p1,They came,every week.,Trust", "p1,They came,Trust")
        result = run("coding", "import", name)
        assert (result.status, len(codings(run))) == (1, 1)
        assert "line 2: there are 4 cells, but the first line names 3 columns" in result.err

    @pytest.mark.parametrize("header", ["document,content,tag", "source,quote,code"])
    def test_cells_are_joined_at_the_commas_of_a_text_without_quotation_marks(self, run, header) -> None:
        name = table("t.csv", header, "p1,They, came every, week.,Trust", "p1,They came,Trust")
        result = run("coding", "import", name, "--dry-run", "--accept", "50")
        assert (result.status, "2 codings would be added" in result.err or "2 codings" in result.err) == (0, True), (
            result.err
        )
        assert "ine 2 has too many cells, and was joined again where a space follows the delimiter." in result.err

    def test_an_encoding_and_a_sheet_can_be_named(self, run) -> None:
        Path("c.csv").write_bytes("source;quote;code\np1;They came every week.;Trust\n".encode("utf-16-le"))
        assert run("coding", "import", "c.csv", "--encoding", "utf-16-le").status == 0
        name = workbook("c.xlsx", [("source", "quote", "code"), ("p1", "They came", "Trust")])
        assert "no sheet “Codes”" in run("coding", "import", name, "--sheet", "Codes").err


@pytest.mark.usefixtures("study")
class TestTablesOfOtherPrograms:
    """Names of columns, codes and sources as other programs export them. The rows are written by hand."""

    ATLAS = (
        "ID,Document,Quotation Content,Comment,Codes,Reference,Created by",
        '1:1,D 1: p1.txt,They came every week.,,"Trust\nAgrees",1 - 1,Ann',
    )
    MAXQDA = ("Document group,Document name,Code,Beginning,End,Segment", ",p1,Care > Trust,2,2,They came every week.")
    DEDOOSE = (
        "Media Title,Excerpt Range,Excerpt Creator,Excerpt Copy,Codes Applied Combined",
        'p1.txt,10-30,Ann,They came every week.,"Trust, Agrees"',
    )

    DELVE = ("Transcript,Snippet,Code,Created By", "p1.txt,They came every week.,Trust,a@x.org")
    DOVETAIL = ("Note title,Highlight,Tags", 'p1,They came every week.,"Trust, Agrees"')
    QUIRKOS = ("Quirk,Source Title,Text,Author", "Trust,p1,They came every week.,Ann")

    @pytest.mark.parametrize(
        ("rows", "options", "codes"),
        [
            (DELVE, (), ["Trust"]),
            (DOVETAIL, ("--split", ","), ["Trust", "Agrees"]),
            (QUIRKOS, (), ["Trust"]),
            (ATLAS, (), ["Trust", "Agrees"]),
            (MAXQDA, ("--new-codes",), ["Care/Trust"]),
            (DEDOOSE, ("--split", ","), ["Trust", "Agrees"]),
        ],
    )
    def test_columns_codes_and_documents_of_other_programs_are_recognised(self, run, rows, options, codes) -> None:
        assert run("coding", "import", table("t.csv", *rows), *options).status == 0
        assert codings(run) == [("p1", code, CAME) for code in codes]

    def test_the_name_of_an_existing_code_is_not_read_as_a_path(self, run) -> None:
        run("code", "add", "Care > Trust")
        run("coding", "import", table("t.csv", *self.MAXQDA))
        assert codings(run) == [("p1", "Care > Trust", CAME)]

    def test_columns_of_the_same_name_are_all_codes(self, run) -> None:
        name = table("t.csv", "file,code,code,excerpt", "p1,Trust,Agrees,They came every week.")
        assert run("coding", "import", name).status == 0
        assert run("coding", "import", name, "--code-column", "code").err.startswith("sibtui: columns of t.csv")
        assert [code for _, code, _ in codings(run)] == ["Trust", "Agrees"]

    def test_the_value_of_merged_cells_applies_to_all_their_rows(self, run) -> None:
        book = Workbook()
        for row in (("file", "code", "excerpt"), ("p1", "Trust", "They came"), (None, "Agrees", "trusted them")):
            book.active.append(row)
        book.active.merge_cells("A2:A3")
        book.save("t.xlsx")
        result = run("coding", "import", "t.xlsx")
        assert (result.status, len(codings(run))) == (0, 2)
        assert "1 merged cell took the value above it." in result.err


@pytest.mark.usefixtures("study")
class TestNames:
    @pytest.mark.parametrize("written", ["p1", "P1.TXT", "p1.docx", "data/p1.txt", "C:\\data\\P1.txt", "ｐ1"])
    def test_a_source_is_found_by_other_forms_of_its_name(self, run, written) -> None:
        assert run("coding", "import", table("t.csv", "document,tag,content", f"{written},Trust,They came")).status == 0
        assert codings(run) == [("p1", "Trust", CAME)]

    def test_a_renamed_source_is_found_by_its_original_file_name(self, run) -> None:
        run("source", "set", "p1", "--name", "Ann and Bo")
        assert run("coding", "import", table("t.csv", "document,tag,content", "p1.txt,Trust,They came")).status == 0
        assert codings(run) == [("Ann and Bo", "Trust", CAME)]

    def test_a_row_whose_name_fits_several_sources_is_not_imported(self, run) -> None:
        run("source", "set", "p1", "--name", "a")
        Path("p1.md").write_text("They came. Later.", encoding="utf-8")
        run("source", "add", "p1.md", "--name", "b")
        result = run("coding", "import", table("t.csv", "document,tag,content", "p1,Trust,They came"))
        assert (result.status, codings(run)) == (1, [])
        assert "“p1” may be “a” or “b”" in result.err

    def test_a_number_after_a_dot_in_a_name_is_not_a_file_extension(self, run) -> None:
        run("source", "set", "p1", "--name", "Interview 1.2")
        result = run("coding", "import", table("t.csv", "document,tag,content", "Interview 1,Trust,They came"))
        assert result.status == 1


@pytest.mark.usefixtures("study")
class TestReview:
    ROWS = (
        "source,code,quote,memo",
        "p1,Trust,trusted them,sure",
        "p1,Trust,They came every weak and on Sundays,a",
        "p1,Trust,Yes.,b",
        "nobody,Trust,They came,c",
        "p1,Trst,trusted us,d",
    )

    def test_certain_rows_are_imported_and_the_others_are_written_to_the_review_file(self, run) -> None:
        result = run("coding", "import", table("t.csv", *self.ROWS), "--review", "r.csv")
        assert (result.status, codings(run)) == (0, [("p1", "Trust", TRUSTED)])
        rows = review_rows("r.csv")
        assert [row["memo"] for row in rows] == ["a", "b", "c", "d"]
        assert [bool(row["problem"]) for row in rows] == [True] * 4
        assert rows[0]["best_text"].startswith("They came every week")
        assert 60 < float(rows[0]["score"]) < 95
        assert (rows[0]["best_start"], rows[1]["score"], rows[3]["score"]) == (str(CAME), "100", "100")
        assert "wrote 4 codings for review to r.csv" in result.err

    def test_a_corrected_review_file_is_imported(self, run) -> None:
        run("coding", "import", table("t.csv", *self.ROWS), "--review", "r.csv")
        text = Path("r.csv").read_text(encoding="utf-8")
        text = text.replace("They came every weak and on Sundays", "They came every week").replace("Yes.", "Bo: They")
        text = text.replace("nobody,,,They came", "p1,,,They came").replace("Trst", "Trust")
        Path("r.csv").write_text(text, encoding="utf-8")
        result = run("coding", "import", "r.csv")
        assert result.status == 0
        rows = run("coding", "list", "--format", "json").rows
        assert sorted(row["memo"] for row in rows) == ["a", "b", "c", "d", "sure"]

    def test_importing_an_uncorrected_review_file_writes_the_same_review_file(self, run) -> None:
        run("coding", "import", table("t.csv", *self.ROWS), "--review", "r.csv")
        run("coding", "import", "r.csv", "--review", "r2.csv")
        assert review_rows("r.csv") == review_rows("r2.csv")

    def test_the_review_file_keeps_start_and_end_of_a_row_whose_quote_does_not_match(self, run) -> None:
        name = table("t.csv", "source,start,end,quote,code", "p1,3,9,They went away,Trust", "p1,900,910,,Trust")
        run("coding", "import", name, "--review", "r.csv")
        assert [(row["start"], row["end"]) for row in review_rows("r.csv")] == [("3", "9"), ("900", "910")]

    def test_a_row_with_an_invalid_place_is_refused_with_the_reason(self, run) -> None:
        result = run("coding", "import", table("t.csv", "file,code,start,end", "p1,Trust,20,10", "p1,Trust,a,b"))
        assert "line 2: the segment ends at 10, before its start at 20; line 3: “start” is “a”" in result.err

    def test_a_review_file_without_memos_keeps_the_memos_of_the_study(self, run) -> None:
        run("coding", "add", "p1", "Trust", "--quote", "They came", "--memo", "kept")
        name = table("t.csv", "source,code,quote,stance", "p1,Trust,They came,counters")
        run("coding", "import", name, "--review", "r.csv")
        assert run("coding", "import", "r.csv", "--update").status == 0
        (row,) = run("coding", "list", "--format", "json").rows
        assert (row["stance"], row["memo"]) == ("counters", "kept")

    def test_the_column_nth_is_read_in_any_table(self, run) -> None:
        assert run("coding", "import", table("t.csv", "file,tag,excerpt,nth", "p1,Agrees,Yes.,2")).status == 0
        assert codings(run) == [("p1", "Agrees", SECOND_YES)]

    def test_a_value_that_cannot_be_read_is_kept_in_the_review_file(self, run) -> None:
        name = table("t.csv", "source,code,quote,stance,memo", "p1,Trust,They came,perhaps,m", "p1,Trust,,,n")
        result = run("coding", "import", name, "--review", "r.csv")
        assert [(row["stance"], row["memo"]) for row in review_rows("r.csv")] == [("perhaps", "m"), ("", "n")]
        assert "2 rows" in result.err

    def test_the_option_strict_imports_all_rows_or_none(self, run) -> None:
        result = run("coding", "import", table("t.csv", *self.ROWS), "--strict")
        assert (result.status, codings(run)) == (1, [])
        assert "nothing was imported" in result.err

    def test_without_a_review_file_the_exit_status_is_1_if_rows_are_missing(self, run) -> None:
        result = run("coding", "import", table("t.csv", *self.ROWS))
        assert (result.status, codings(run)) == (1, [("p1", "Trust", TRUSTED)])
        assert "4 rows were not imported: --review FILE.csv writes them to a file for correction." in result.err

    def test_similar_places_are_accepted_from_a_score(self, run) -> None:
        rows = "p1,Trust,They came every single week", "p1,Trust,Something else entirely"
        result = run("coding", "import", table("t.csv", "source,code,quote", *rows), "--accept", "70")
        assert (result.status, codings(run)) == (1, [("p1", "Trust", CAME)])

    def test_codes_of_rows_for_review_are_not_added(self, run) -> None:
        rows = "p1,New/A,They came", "p1,New/B,absent words", "p1,Newer,absent words"
        run("coding", "import", table("t.csv", "source,code,quote", *rows), "--new-codes", "--review", "r.csv")
        codes = [row["code"] for row in run("code", "list", "--flat", "--format", "json").json]
        assert codes == ["Agrees", "Trust", "Regularity", "New", "New/A"]
        run("undo")
        assert len(run("code", "list", "--flat", "--format", "json").json) == 3
        run("redo")
        assert len(run("code", "list", "--flat", "--format", "json").json) == 5

    def test_an_existing_review_file_is_not_overwritten(self, run) -> None:
        table("r.csv", "mine")
        result = run("coding", "import", table("t.csv", *self.ROWS), "--review", "r.csv")
        assert (result.status, codings(run)) == (1, [])
        assert Path("r.csv").read_text(encoding="utf-8") == "mine\n"

    def test_no_review_file_is_written_if_every_row_is_imported(self, run) -> None:
        run("coding", "import", table("t.csv", *self.ROWS[:2]), "--review", "r.csv")
        assert not Path("r.csv").exists()


@pytest.mark.usefixtures("study")
class TestRepeatedQuotes:
    def test_a_repeated_quote_gets_the_place_between_the_quotes_of_the_neighbouring_rows(self, run) -> None:
        rows = ["p1,Trust,They came every week.", "p1,Agrees,Yes.", "p1,Trust,trusted them"]
        assert run("coding", "import", table("t.csv", "source,code,quote", *rows)).status == 0
        assert ("p1", "Agrees", SECOND_YES) in codings(run)

    def test_as_many_rows_as_places_are_all_imported_in_any_order_of_the_other_rows(self, run) -> None:
        rows = ["p1,Trust,trusted them", "p1,Agrees,Yes.", "p1,Agrees,Yes.", "p1,Trust,They came"]
        assert run("coding", "import", table("t.csv", "source,code,quote", *rows)).status == 0
        assert [start for _, code, start in codings(run) if code == "Agrees"] == [YES, SECOND_YES]

    def test_a_quote_that_fits_two_places_is_not_imported(self, run) -> None:
        rows = ["p1,Agrees,Yes.", "p1,Trust,trusted them"]
        result = run("coding", "import", table("t.csv", "source,code,quote", *rows))
        assert (result.status, len(codings(run))) == (1, 1)
        assert f"“Yes.” occurs 2 times (at {YES} and {SECOND_YES})" in result.err
        assert "--nth" not in result.err

    def test_a_single_other_quote_does_not_prove_the_order_of_the_rows(self, run) -> None:
        rows = ["p1,Trust,They came every week.", "p1,Agrees,Yes."]
        result = run("coding", "import", table("t.csv", "source,code,quote", *rows))
        assert (result.status, codings(run)) == (1, [("p1", "Trust", CAME)])

    def test_several_codes_of_one_highlight_get_the_same_place(self, run) -> None:
        rows = ["p1,Agrees,Yes.", "p1,Trust,Yes.", "p1,Agrees,Yes.", "p1,Trust,Yes."]
        assert run("coding", "import", table("t.csv", "document,tag,content", *rows)).status == 0
        assert sorted(start for _, _, start in codings(run)) == [YES, YES, SECOND_YES, SECOND_YES]


@pytest.mark.usefixtures("study")
class TestMessages:
    def test_each_kind_of_problem_has_one_message_with_a_count_and_three_examples(self, run) -> None:
        rows = [f"p{number},Trust,They came" for number in range(2, 22)]
        rows += [f"p1,Trust,absent words number {number} of the text" for number in range(5)]
        result = run("coding", "import", table("t.csv", "source,code,quote", *rows))
        messages = result.err.splitlines()
        assert len(messages) <= 5
        (sources,) = [line for line in messages if "20 rows name a source that is not in the study" in line]
        assert (sources.count("; line "), "and 17 more" in sources) == (2, True)
        (quotes,) = [line for line in messages if "5 rows have a quote that is not in the text" in line]
        assert "and 2 more" in quotes

    def test_the_message_on_a_missing_code_names_the_option_that_adds_the_code(self, run) -> None:
        rows = ["p1,New,They came", "p1,Newer,trusted us"]
        result = run("coding", "import", table("t.csv", "source,code,quote", *rows))
        assert "2 rows name a code that is not in the codebook" in result.err
        assert "--new-codes adds it" in result.err

    def test_a_new_code_with_the_name_of_an_existing_code_is_reported(self, run) -> None:
        run("code", "add", "People/Staff")
        result = run("coding", "import", table("t.csv", "source,code,quote", "p1,Staff,They came"), "--new-codes")
        assert "1 new code has the name of another code: “Staff”, beside “People/Staff”." in result.err

    def test_no_message_advises_an_option_that_the_command_lacks(self, run) -> None:
        import re

        from sibtui.cli.coding_import import import_

        options = {option for parameter in import_.params for option in parameter.opts}
        rows = ["p1,Agrees,Yes.", "p2,Trust,x", "p1,Trst,They", "p1,Trust,nothing like it", "p1,Trust,They came"]
        cases = ["", "", "", "", "SIB Z"]
        for line in run(
            "coding", "import", table("t.csv", "source,code,quote,cases", *map(",".join, zip(rows, cases, strict=True)))
        ).err.splitlines():
            assert set(re.findall(r"(?<!sibtui)(?<![`\w])--[a-z-]+", re.sub("`[^`]*`", "", line))) <= options

    @pytest.mark.parametrize("joined", ["Trust; Agrees", "Trust,Agrees", "Trust|Agrees"])
    def test_joined_codes_are_reported_with_the_option_that_splits_them(self, run, joined) -> None:
        name = table("t.csv", "source,code,quote", f'p1,"{joined}",They came')
        assert "--split reads several codes in one cell" in run("coding", "import", name).err
        result = run("coding", "import", name, "--new-codes", "--dry-run")
        assert "--split reads several codes in one cell" in result.err or joined == "Trust,Agrees"

    def test_a_dry_run_shows_a_preview_and_changes_nothing(self, run) -> None:
        rows = ["p1.txt,Trust,They came every week.", "p1,Trust,absent words"]
        name = table("t.csv", "document,tag,content,page", *(f"{row},7" for row in rows))
        result = run("coding", "import", name, "--dry-run")
        assert "They came every week." in result.out
        assert f"{CAME}:{CAME + 21}" in result.out
        assert "1 column was left out: “page”." in result.err
        assert "1 coding would be imported" in result.err
        assert codings(run) == []

    def test_a_quote_that_moved_is_found_by_its_words_and_reported(self, run) -> None:
        name = table("t.csv", "source,start,end,quote,code", "p1,3,9,They came every week.,Trust")
        result = run("coding", "import", name)
        assert (result.status, codings(run)) == (0, [("p1", "Trust", CAME)])
        assert "line 2: the quote is not at its start and end, and was placed where it occurs" in result.err

    def test_a_quote_cut_with_an_ellipsis_is_coded_up_to_the_given_end(self, run) -> None:
        name = table("t.csv", "source,start,end,quote,code", f"p1,{CAME},{CAME + 21},They came …,Trust")
        run("coding", "import", name)
        (row,) = run("coding", "list", "--format", "json").rows
        assert row["quote"] == "They came every week."


@pytest.mark.usefixtures("study")
class TestFaultyTables:
    QUOTE = "They came every week."

    @pytest.mark.parametrize("code", ["/", "a//b", "Trust/"])
    def test_only_the_row_with_an_invalid_code_name_is_refused(self, run, code) -> None:
        name = table("t.csv", "source,code,quote", f"p1,New,{self.QUOTE}", f"p1,{code},{self.QUOTE}")
        result = run("coding", "import", name, "--new-codes", "--review", "r.csv")
        assert (result.status, codings(run)) == (0, [("p1", "New", CAME)])
        assert f"t.csv, line 3: “{code}” has an empty name before or after a slash" in result.err
        assert [(row["code"], row["quote"]) for row in review_rows("r.csv")] == [(code, self.QUOTE)]

    def test_the_other_columns_are_imported_beside_a_column_with_an_invalid_code_name(self, run) -> None:
        name = table("t.csv", "source,quote,Trust,//", f"p1,{self.QUOTE},1,1")
        result = run("coding", "import", name, "--wide", "--new-codes", "--review", "r.csv")
        assert (result.status, codings(run)) == (0, [("p1", "Trust", CAME)])
        assert [row["code"] for row in review_rows("r.csv")] == ["//"]

    @pytest.mark.parametrize("header", ["source,code,quote", "source,tag,quote"])
    def test_the_review_file_contains_all_cells_of_a_row_with_too_many_cells(self, run, header) -> None:
        name = table("t.csv", header, "p1,Trust,They came,every week, and more")
        assert run("coding", "import", name, "--review", "r.csv").status == 0
        (row,) = review_rows("r.csv")
        assert [row[column] for column in ("source", "code", "quote")] == ["p1", "Trust", "They came"]
        assert "“every week” and “ and more”" in row["problem"]

    def test_cells_below_a_column_without_a_name_are_accepted(self, run) -> None:
        name = table("t.csv", "source,code,quote,x,x,,", f"p1,Trust,{self.QUOTE},1,2,3,4")
        assert run("coding", "import", name).status == 0
        assert codings(run) == [("p1", "Trust", CAME)]

    @pytest.mark.parametrize("code", ["code", "tag"])
    def test_offsets_written_by_pandas_are_read_as_whole_numbers(self, run, code) -> None:
        name = table("t.csv", f"source,{code},start,end", f"p1,Trust,{CAME}.0,{CAME + 4}.0")
        assert (run("coding", "import", name).status, codings(run)) == (0, [("p1", "Trust", CAME)])

    @pytest.mark.parametrize("code", ["code", "tag"])
    def test_the_quote_gives_the_place_if_the_start_is_invalid(self, run, code) -> None:
        name = table("t.csv", f"source,{code},quote,start,end", f"p1,Trust,{self.QUOTE},x,9")
        result = run("coding", "import", name)
        assert (result.status, codings(run)) == (0, [("p1", "Trust", CAME)])
        assert "1 row is placed by the quote, not by start and end: line 2: “start” is “x”" in result.err

    @pytest.mark.parametrize("yes", ["ja", "TRUE", "✓", "trust"])
    @pytest.mark.parametrize("no", ["nein", "NA", "None", ""])
    def test_cells_such_as_yes_and_no_are_read_as_marks(self, run, yes, no) -> None:
        name = table("t.csv", "source,quote,Trust,Agrees", f"p1,{self.QUOTE},{yes},{no}", f"p1,Ann: Yes.,{no},{no}")
        assert run("coding", "import", name, "--wide").status == 0
        assert codings(run) == [("p1", "Trust", CAME)]

    def test_a_column_with_a_value_that_is_not_a_mark_is_left_out_with_the_reason(self, run) -> None:
        rows = (f"p1,{self.QUOTE},1,{mark}" for mark in ("x", "0", "2", "maybe"))
        result = run("coding", "import", table("t.csv", "source,quote,Trust,Agrees", *rows), "--wide")
        assert "“Agrees” was not read as a code: line 4 has “2”. Name the column" in result.err

    def test_a_column_without_a_name_is_not_a_code_of_a_wide_table(self, run) -> None:
        name = table("t.csv", ",source,quote,Trust", f"0,p1,{self.QUOTE},1.0", "1,p1,Ann: Yes.,0.0")
        assert run("coding", "import", name, "--wide", "--new-codes").status == 0
        assert codings(run) == [("p1", "Trust", CAME)]

    @pytest.mark.parametrize("code", ["code", "tag"])
    def test_a_single_quotation_mark_is_read_as_text(self, run, code) -> None:
        name = table("t.csv", f"source,{code},quote", 'p1,"Tr"ust,They came every week.', f"p1,Regularity,{self.QUOTE}")
        result = run("coding", "import", name)
        assert (result.status, codings(run)) == (0, [("p1", "Trust", CAME), ("p1", "Regularity", CAME)])
        assert "ine 2 has a stray quotation mark, and was read as text." in result.err

    @pytest.mark.parametrize("code", ["code", "tag"])
    @pytest.mark.parametrize(
        "cell", ["\"['Trust', 'Agrees']\"", '"[""Trust"", ""Agrees""]"', "\"('Trust', 'Agrees',)\""]
    )
    def test_a_list_in_one_cell_is_read_as_several_codes(self, run, code, cell) -> None:
        name = table("t.csv", f"source,{code},quote", f"p1,{cell},{self.QUOTE}", f"p1,[],{self.QUOTE}")
        result = run("coding", "import", name, "--new-codes")
        assert codings(run) == [("p1", "Trust", CAME), ("p1", "Agrees", CAME)], result.err

    def test_a_quote_with_words_cut_out_is_imported_and_counted(self, run) -> None:
        name = table(
            "t.csv", "source,code,quote", "p1,Trust,We trusted them … trusted us.", "p1,Trust,...They came every…"
        )
        result = run("coding", "import", name)
        assert codings(run) == [("p1", "Trust", CAME), ("p1", "Trust", TEXT.index("We trusted"))]
        assert (
            "t.csv, line 2: a quote with words cut out was placed from its first to its last part at p1" in result.err
        )

    def test_a_quote_that_is_not_in_the_text_is_not_reported_as_a_problem_with_the_case(self, run) -> None:
        name = table("t.csv", "source,code,quote,cases", "p1,Trust,Nobody wrote that,SIB A", "p1,Trust,Nor that,SIB A")
        result = run("coding", "import", name)
        assert "2 rows have a quote that is not in the text" in result.err

    def test_the_message_on_a_missing_case_names_the_command_that_adds_the_case(self, run) -> None:
        name = table("t.csv", "source,code,quote,cases", f"p1,Trust,{self.QUOTE},SIB A")
        assert "`sibtui case add` adds it" in run("coding", "import", name).err

    def test_missing_cases_are_reported_as_the_problem_of_their_rows(self, run) -> None:
        rows = (f"p1,{code},{self.QUOTE},SIB A" for code in ("Trust", "Agrees"))
        result = run("coding", "import", table("t.csv", "source,code,quote,cases", *rows))
        assert "2 rows have a case or coder that cannot be used" in result.err

    def test_a_cell_with_commas_is_split_into_cases_if_the_whole_text_is_not_a_case(self, run) -> None:
        for case in ("SIB A", "SIB B", "X, Y"):
            run("case", "add", case)
        run("source", "set", "p1", "--case", "SIB A", "--case", "SIB B", "--case", "X, Y")
        rows = f'p1,Trust,{self.QUOTE},"SIB A, SIB B"', f'p1,Agrees,{self.QUOTE},"X, Y"'
        assert run("coding", "import", table("t.csv", "source,code,quote,cases", *rows)).status == 0
        cases = {row["code"]: row["cases"] for row in run("coding", "list", "--format", "json").rows}
        assert cases == {"Trust": "SIB A; SIB B", "Agrees": "X, Y"}

    def test_two_columns_of_codes_with_the_same_name_give_two_codings(self, run) -> None:
        name = table("t.csv", "source,code,code,quote", f"p1,Trust,Regularity,{self.QUOTE}")
        assert run("coding", "import", name).status == 0
        assert codings(run) == [("p1", "Trust", CAME), ("p1", "Regularity", CAME)]

    def test_the_column_name_of_sibtui_is_preferred_to_names_of_other_programs(self, run) -> None:
        name = table("t.csv", "document,source,code,quote", f"report,p1,Trust,{self.QUOTE}")
        assert run("coding", "import", name).status == 0
        assert codings(run) == [("p1", "Trust", CAME)]

    def test_codings_on_a_later_sheet_are_found(self, run) -> None:
        book = Workbook()
        book.active.append(("About",))
        sheet = book.create_sheet("Codings")
        for row in (("source", "code", "quote"), ("p1", "Trust", self.QUOTE)):
            sheet.append(row)
        book.save("t.xlsx")
        result = run("coding", "import", "t.xlsx")
        assert (result.status, codings(run)) == (0, [("p1", "Trust", CAME)])
        assert "The sheet “Codings” was read" in result.err


class TestSubThemes:
    @pytest.fixture(autouse=True)
    def _codes(self, run, study) -> None:
        for code in ("Care", "Care/Visits", "Care/Trust"):
            run("code", "add", code)

    def coded(self, run, *rows: str, options: tuple[str, ...] = ()) -> list[str]:
        result = run("coding", "import", table("c.csv", *rows), *options)
        assert result.status == 0, result.err
        return [code for _, code, _ in codings(run)]

    @pytest.mark.parametrize(
        ("theme", "sub"),
        [
            ("Theme", "Sub-theme"),
            ("Theme", "Subtheme"),
            ("Themes", "Sub themes"),
            ("Category", "Subcategory"),
            ("Code", "Sub-code"),
        ],
    )
    def test_a_column_of_sub_themes_completes_the_codes_beside_it(self, run, theme: str, sub: str) -> None:
        rows = (f"Participant,{theme},{sub},Quote", "p1,Care,Visits,They came every week.", "p1,Care,,We trusted them")
        assert self.coded(run, *rows) == ["Care/Visits", "Care"]

    def test_a_theme_may_be_above_several_sub_themes(self, run) -> None:
        rows = ("Participant;Theme;Sub-theme;Quote", "p1;Care;Visits|Trust;They came every week.")
        assert self.coded(run, *rows, options=("--split", "|")) == ["Care/Visits", "Care/Trust"]

    def test_themes_and_sub_themes_pair_up(self, run) -> None:
        rows = ("Participant;Theme;Sub-theme;Quote", "p1;Care|Care;Visits|Trust;They came every week.")
        assert self.coded(run, *rows, options=("--split", "|")) == ["Care/Visits", "Care/Trust"]

    def test_numbers_that_do_not_fit_are_reported(self, run) -> None:
        rows = ("Participant;Theme;Sub-theme;Quote", "p1;Care|Trust;Visits|Trust|Regularity;They came every week.")
        result = run("coding", "import", table("c.csv", *rows), "--split", "|", "--review", "r.csv")
        assert "“Theme” and “Sub-theme” have different numbers of codes" in result.err
        assert codings(run) == []
        assert review_rows("r.csv")[0]["quote"] == "They came every week."

    def test_a_sub_theme_of_another_column_is_left_out_and_named(self, run) -> None:
        rows = ("Participant,Code,Sub-theme,Quote", "p1,Care,Visits,They came every week.")
        result = run("coding", "import", table("c.csv", *rows))
        assert "“Sub-theme”" in result.err
        assert [code for _, code, _ in codings(run)] == ["Care"]

    def test_a_named_column_of_codes_is_read_alone(self, run) -> None:
        rows = ("Participant,Theme,Sub-theme,Quote", "p1,Care,Trust,They came every week.")
        options = ("--code-column", "Theme", "--code-column", "Sub-theme")
        assert self.coded(run, *rows, options=options) == ["Care", "Trust"]


@pytest.mark.usefixtures("study")
def test_an_example_that_ends_with_a_question_has_no_full_stop(run) -> None:
    rows = ("source,code,quote", "p1,Trusts,They came every week.", "p1,Trusted,They came every week.")
    assert "did you mean “Trust”? --new-codes adds it." in run("coding", "import", table("c.csv", *rows)).err


@pytest.mark.usefixtures("study")
def test_a_count_marks_a_row_in_a_named_column_of_a_wide_table(run) -> None:
    rows = ("source,Trust,Agrees,Age,quote", "p1,2,0,34,We trusted them", "p1,0,1,35,They came every week.")
    options = ("--wide", "--code-column", "Trust", "--code-column", "Agrees")
    assert run("coding", "import", table("c.csv", *rows), *options).status == 0
    assert codings(run) == [("p1", "Agrees", CAME), ("p1", "Trust", TEXT.index("We trusted"))]
