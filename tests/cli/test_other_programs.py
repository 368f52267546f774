"""Import from and export to other programs: `new --from`, `code import`, `coding import`, `export qdpx` and others."""

from __future__ import annotations

import csv
import io
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

TEXT = "Zoë said 😀 that trust came first, always.\nLater they left the programme, and trust went.\n"
CODE, SOURCE, USER = (f"{digit * 8}-1111-4111-8111-111111111111" for digit in "123")


def units(index: int) -> int:
    """Return the offset in UTF-16 units, which programs on Windows use."""
    return len(TEXT[:index].encode("utf-16-le")) // 2


def selection(number: int, start: int, end: int, quote: str) -> str:
    return (
        f'<PlainTextSelection guid="4444444{number}-1111-4111-8111-111111111111" name="{quote}"'
        f' startPosition="{units(start)}" endPosition="{units(end)}">'
        f'<Coding guid="5555555{number}-1111-4111-8111-111111111111" creatingUser="{USER}"><CodeRef targetGUID="{CODE}"/>'
        "</Coding></PlainTextSelection>"
    )


@pytest.fixture
def project() -> Path:
    """Return a REFI-QDA project with two codings on their text, a coding away from its quote, and a recording."""
    places = [(TEXT.index(quote), quote) for quote in ("trust came first", "Later they left")]
    selections = "".join(selection(n, start, start + len(quote), quote) for n, (start, quote) in enumerate(places))
    selections += selection(2, 3, 30, "left the program and")
    xml = (
        '<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" name="Theirs" origin="Program 1">'
        f'<Users><User guid="{USER}" name="Ann"/></Users>'
        f'<CodeBook><Codes><Code guid="{CODE}" name="Trust" isCodable="true"/></Codes></CodeBook>'
        f'<Sources><TextSource guid="{SOURCE}" name="Talk" plainTextPath="internal://talk.txt">{selections}</TextSource>'
        '<AudioSource guid="66666666-1111-4111-8111-111111111111" name="Recording" path="internal://a.m4a"/></Sources>'
        "</Project>"
    )
    with zipfile.ZipFile("theirs.qdpx", "w") as archive:
        archive.writestr("project.qde", xml)
        archive.writestr("sources/talk.txt", TEXT)
    return Path("theirs.qdpx")


@pytest.fixture
def taguette() -> Path:
    with closing(sqlite3.connect("t.sqlite3")) as db, db:
        db.executescript(
            "CREATE TABLE projects (id, name, description, created);"
            "CREATE TABLE documents (id, name, description, filename, created, project_id, text_direction, contents);"
            "CREATE TABLE tags (id, project_id, path, description);"
            "CREATE TABLE highlights (id, document_id, start_offset, end_offset, snippet);"
            "CREATE TABLE highlight_tags (highlight_id, tag_id);"
            "INSERT INTO projects VALUES (1, 'First', '', ''), (2, 'Second', '', '');"
            "INSERT INTO documents VALUES (1, 'Talk', '', '', '', 1, '', '<p>Zoë hopes.</p>');"
            "INSERT INTO tags VALUES (1, 1, 'hope', '');"
            "INSERT INTO highlights VALUES (1, 1, 5, 10, 'hopes');"
            "INSERT INTO highlight_tags VALUES (1, 1);"
        )
    db.close()
    return Path("t.sqlite3")


def codings(run, *options: str) -> list[tuple[str, str]]:
    rows = run(*options, "coding", "list", "--format", "json").json
    return [(row["code"], row["quote"]) for row in rows]


class TestNewFrom:
    def test_the_report_of_an_imported_project_counts_imported_and_omitted_parts(self, run, project: Path) -> None:
        result = run("new", "s.sibtui", "--from", project)
        assert result.status == 0, result.err
        assert "written by Program 1; arrived: " in result.err
        assert "codings 2" in result.err
        assert "not brought in: " in result.err
        assert "offsets were taken as UTF-16 units" in result.err
        assert codings(run) == [("Trust", "trust came first"), ("Trust", "Later they left")]
        facts = run("study", "show", "--format", "json").facts
        assert (facts["name"], facts["coders"]) == ("Theirs", "Ann")
        assert run("check", "--damage-only").status == 0

    def test_a_coding_away_from_its_quote_is_listed_with_the_best_match(self, run, project: Path) -> None:
        result = run("new", "s.sibtui", "--from", project)
        assert "codings that are not at their quotes: 1, left out and listed" in result.err
        (line,) = [line for line in result.err.splitlines() if "left the program and" in line]
        assert "most like it: " in line
        assert "of 100 alike" in line

    def test_the_whole_import_report_is_written_to_a_file(self, run, project: Path) -> None:
        result = run("new", "s.sibtui", "--from", project, "--report", "report.txt")
        lines = Path("report.txt").read_text(encoding="utf-8").splitlines()
        assert lines
        assert all(f"sibtui: {line}" in result.err.splitlines() for line in lines)

    def test_codings_for_review_are_imported_after_correction(self, run, project: Path) -> None:
        run("new", "s.sibtui", "--from", project, "--review", "review.csv")
        data = Path("review.csv").read_text(encoding="utf-8")
        Path("review.csv").write_text(data.replace("left the program and", "and trust went"), encoding="utf-8")
        result = run("coding", "import", "review.csv")
        assert result.status == 0, result.err
        assert ("Trust", "and trust went") in codings(run)

    def test_codings_with_a_sufficient_score_can_be_accepted(self, run, project: Path) -> None:
        result = run("new", "s.sibtui", "--from", project, "--accept", "80", "--review", "review.csv")
        assert "codings that are not at their quotes: 1, 1 accepted at the best place, 0 left out" in result.err
        assert len(codings(run)) == 3
        assert len(Path("review.csv").read_text(encoding="utf-8").splitlines()) == 1

    def test_the_option_name_is_preferred_to_the_name_of_the_project(self, run, project: Path) -> None:
        run("new", "s.sibtui", "--from", project, "--name", "Ours")
        assert run("study", "show", "--format", "json").facts["name"] == "Ours"

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("x.qdpx", b"no archive"),
            ("x.qdpx", b"PK\x03\x04 cut short"),
            ("x.qdc", b"<html/>"),
            ("x.sqlite3", b"no database"),
            ("x.qda", b"no database"),
            ("x.docx", b"PK"),
        ],
    )
    def test_an_unreadable_project_is_reported_in_one_message_and_no_study_is_made(
        self, run, name: str, data: bytes
    ) -> None:
        Path(name).write_bytes(data)
        refused = run("new", "s.sibtui", "--from", name)
        assert refused.status == 1
        (line,) = refused.err.splitlines()
        assert name in line
        assert "unexpected error" not in line
        assert not Path("s.sibtui").exists()

    def test_a_missing_project_file_is_reported(self, run) -> None:
        refused = run("new", "s.sibtui", "--from", "nothing.qdpx")
        assert (refused.status, "There is no file or folder nothing.qdpx" in refused.err) == (1, True)

    def test_an_existing_report_is_not_overwritten_and_no_study_is_made(self, run, project: Path) -> None:
        Path("report.txt").write_text("mine", encoding="utf-8")
        assert run("new", "s.sibtui", "--from", project, "--report", "report.txt").status == 1
        assert Path("report.txt").read_text(encoding="utf-8") == "mine"
        assert not Path("s.sibtui").exists()

    def test_a_report_without_an_import_is_a_usage_error(self, run) -> None:
        assert run("new", "s.sibtui", "--report", "report.txt").status == 2
        assert not Path("s.sibtui").exists()

    def test_one_of_several_taguette_projects_must_be_named(self, run, taguette: Path) -> None:
        refused = run("new", "s.sibtui", "--from", taguette)
        assert refused.status == 1
        assert "“First” or “Second”" in refused.err
        result = run("new", "s.sibtui", "--from", taguette, "--project-name", "First")
        assert result.status == 0, result.err
        assert codings(run) == [("hope", "hopes")]
        assert "written by Taguette" in result.err

    def test_a_codebook_becomes_a_study(self, run, sample: Path) -> None:
        run("-p", sample, "export", "qdc", "c.qdc")
        assert run("new", "s.sibtui", "--from", "c.qdc").status == 0
        ours, theirs = (
            [row["code"] for row in run("-p", study, "code", "list", "--format", "json").json]
            for study in (sample, "s.sibtui")
        )
        assert ours == theirs


class TestQdpx:
    def test_an_exported_qdpx_is_imported_without_loss(self, run, sample: Path) -> None:
        run("case", "set", "SIB A", "--private-name", "Somewhere")
        result = run("export", "qdpx", "s.qdpx", "--with-private-names")
        assert result.status == 0, result.err
        assert run("new", "back.sibtui", "--from", "s.qdpx").status == 0
        for study, folder in ((sample, "before"), ("back.sibtui", "after")):
            assert run("-p", study, "export", "folder", folder, "--with-private-names").status == 0
        before, after = (
            {p.relative_to(folder): p.read_bytes() for p in Path(folder).rglob("*") if p.is_file()}
            for folder in ("before", "after")
        )
        assert before == after

    def test_parts_that_other_programs_will_not_see_are_listed(self, run, sample: Path) -> None:
        result = run("export", "qdpx", "s.qdpx")
        counters = len(run("coding", "list", "--stance", "counters", "--format", "json").json)
        assert f"codings that are counter-evidence, which look like any other: {counters}" in result.err

    def test_private_names_are_left_out_with_a_message(self, run, sample: Path) -> None:
        run("case", "set", "SIB A", "--private-name", "Canary")
        result = run("export", "qdpx", "s.qdpx")
        assert "1 private name of cases left out" in result.err
        with zipfile.ZipFile("s.qdpx") as archive:
            assert not any(b"Canary" in archive.read(name) for name in archive.namelist())

    def test_the_same_study_gives_the_same_bytes(self, run, sample: Path) -> None:
        run("export", "qdpx", "a.qdpx")
        run("export", "qdpx", "b.qdpx")
        assert Path("a.qdpx").read_bytes() == Path("b.qdpx").read_bytes()

    def test_an_existing_file_is_not_overwritten_without_force(self, run, sample: Path) -> None:
        Path("s.qdpx").write_text("mine", encoding="utf-8")
        assert run("export", "qdpx", "s.qdpx").status == 1
        assert Path("s.qdpx").read_text(encoding="utf-8") == "mine"
        assert run("export", "qdpx", "s.qdpx", "--force").status == 0


class TestQdc:
    def test_an_exported_qdc_is_imported_into_another_study(self, run, sample: Path) -> None:
        result = run("export", "qdc", "c.qdc")
        assert "events in the lives of codes" in result.err
        run("new", "other.sibtui")
        imported = run("-p", "other.sibtui", "code", "import", "c.qdc")
        assert imported.status == 0, imported.err
        columns = ("code", "definition", "colour")
        ours, theirs = (
            [[row[c] for c in columns] for row in run("-p", study, "code", "list", "--format", "json").json]
            for study in (sample, "other.sibtui")
        )
        assert ours == theirs
        run("-p", "other.sibtui", "undo")
        assert run("-p", "other.sibtui", "code", "list", "--format", "json").json == []

    def test_an_empty_codebook_is_not_written(self, run, empty: Path) -> None:
        refused = run("export", "qdc", "c.qdc")
        assert (refused.status, "no codes to write" in refused.err) == (1, True)
        assert not Path("c.qdc").exists()


@pytest.mark.usefixtures("sample")
class TestTaguetteCsv:
    def test_taguette_csv_has_the_columns_of_taguette_and_lists_lost_fields(self, run) -> None:
        result = run("export", "taguette-csv", "-", "--code", "Rate card")
        rows = list(csv.reader(io.StringIO(result.out)))
        listed = run("coding", "list", "--code", "Rate card", "--format", "json").json
        assert rows[0] == ["id", "document", "tag", "content"]
        assert [row[1:] for row in rows[1:]] == [[c["source"], c["code"], c["quote"]] for c in listed]
        assert "cases of codings" in result.err

    def test_highlights_are_the_same_in_a_file_and_on_stdout(self, run) -> None:
        result = run("export", "taguette-csv", "h.csv")
        assert "wrote 634 codings to h.csv" in result.err
        assert Path("h.csv").read_text(encoding="utf-8") == run("export", "taguette-csv", "-").out

    def test_exported_highlights_are_imported_by_their_quotes(self, run) -> None:
        run("export", "taguette-csv", "h.csv", "--source", "a1")
        before = codings(run)
        run(
            "coding", "remove", *[r["number"] for r in run("coding", "list", "--source", "a1", "--format", "json").json]
        )
        result = run("coding", "import", "h.csv")
        assert result.status == 0, result.err
        assert sorted(codings(run)) == sorted(before)


@pytest.mark.usefixtures("sample")
class TestCodingsOfOtherPrograms:
    def test_new_codes_are_added_only_with_their_option(self, run) -> None:
        Path("q.csv").write_text("Id,Codename,Coded,File\n1,Kitchen talk,mosque kitchen,b1\n", encoding="utf-8")
        refused = run("coding", "import", "q.csv")
        assert refused.status == 1
        assert "No code is named “Kitchen talk”" in refused.err
        result = run("coding", "import", "q.csv", "--new-codes")
        assert result.status == 0, result.err
        assert "“Kitchen talk” is a new code" in result.err
        (row,) = run("coding", "list", "--code", "Kitchen talk", "--format", "json").json
        assert (row["source"], row["quote"]) == ("b1", "mosque kitchen")
        run("undo")
        assert run("code", "show", "Kitchen talk").status == 1

    def test_a_tag_that_equals_a_part_of_a_code_name_is_a_new_code(self, run) -> None:
        before = run("coding", "list", "--code", "Community assets", "--format", "json").json
        Path("t.csv").write_text("document,tag,content\nb1,assets,mosque kitchen\n", encoding="utf-8")
        result = run("coding", "import", "t.csv", "--new-codes")
        assert "“assets” is a new code" in result.err
        assert run("coding", "list", "--code", "Community assets", "--format", "json").json == before

    def test_a_dry_run_adds_no_codes(self, run) -> None:
        Path("t.csv").write_text("document,tag,content\nb1,Kitchen talk,mosque kitchen\n", encoding="utf-8")
        result = run("coding", "import", "t.csv", "--new-codes", "--dry-run")
        assert "“Kitchen talk” would be a new code" in result.err
        assert run("code", "show", "Kitchen talk").status == 1

    def test_a_refused_row_adds_no_new_codes(self, run) -> None:
        Path("t.csv").write_text(
            "document,tag,content\nb1,Kitchen talk,words that nobody said there\n", encoding="utf-8"
        )
        assert run("coding", "import", "t.csv", "--new-codes").status == 1
        assert run("code", "show", "Kitchen talk").status == 1

    def test_a_slash_separates_theme_and_code_unless_the_option_flat_is_given(self, run) -> None:
        Path("t.csv").write_text("document,tag,content\nb1,Kitchen/talk,mosque kitchen\n", encoding="utf-8")
        run("coding", "import", "t.csv", "--new-codes")
        assert run("code", "show", "Kitchen/talk", "--format", "json").facts["codings"] == 1
        run("undo")
        run("coding", "import", "t.csv", "--new-codes", "--flat")
        assert [c["code"] for c in run("code", "list", "--flat", "--format", "json").json][-1] == "Kitchen\\/talk"

    def test_the_option_flat_is_refused_for_a_file_with_the_columns_of_sibtui(self, run) -> None:
        run("export", "codings", "c.csv", "--source", "a1")
        assert run("coding", "import", "c.csv", "--flat").status == 2
