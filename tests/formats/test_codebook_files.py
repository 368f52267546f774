from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from study_values import codes

from sibtui.errors import InputError
from sibtui.formats.study_folder.codebook_files import read_codebook, write_codebook_csv, write_codebook_toml
from sibtui.model.drafts import CodeDraft


def test_a_codebook_in_csv_needs_only_paths():
    result = read_codebook(
        "codes.CSV", b"Path;Definition;origin;key;since\nTheme/Code;What it is;emergent;B;2020-04-20\nTheme;;;;\n"
    )
    assert result == (
        CodeDraft("Theme/Code", "What it is", origin="emergent", key="B", since="2020-04-20T00:00:00Z"),
        CodeDraft("Theme"),
    )


def test_a_formula_in_a_codebook_is_written_as_text_and_read_back():
    code = CodeDraft("=A1", "@x", "-y", "'+z")
    written = write_codebook_csv([code])
    assert written.splitlines()[1] == b"'=A1,'@x,'-y,''+z,,,,,,"
    assert read_codebook("c.csv", written) == (code,)


def test_codebook_of_taguette_is_recognised_by_its_columns():
    data = b'tag,description,number of highlights,number of documents\nTrust,"a, ""b""",1,1\nTheme/Money,,0,0\n'
    assert read_codebook("codebook.csv", data) == (CodeDraft("Trust", 'a, "b"'), CodeDraft("Theme/Money"))
    with pytest.raises(InputError, match="line 2: there is no tag"):
        read_codebook("codebook.csv", b"tag,description\n,what\n")


@given(st.lists(codes, max_size=4))
def test_toml_restores_a_whole_codebook_and_csv_everything_except_its_history(drafts):
    assert read_codebook("c.toml", write_codebook_toml(drafts)) == tuple(drafts)
    assert read_codebook("c.csv", write_codebook_csv(drafts)) == tuple(
        replace(draft, lineage=(), uid="") for draft in drafts
    )


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("c.csv", "definition\n", "c.csv, line 1: there is no column “path”"),
        (
            "c.csv",
            "path,color\n",
            "c.csv, line 1: there is a column “color”; the known columns are path, definition",
        ),
        ("c.csv", "path,definition\n,x\n", "c.csv, line 2: there is no path"),
        ("c.csv", "path,status\nA,old\n", "c.csv, line 2: “status” is “old”; it is one of proposed, active, retired"),
        ("c.csv", "path,origin\nA,found\n", "c.csv, line 2: “origin” is “found”; it is one of deductive"),
        ("c.csv", "path,since\nA,May\n", "c.csv, line 2: “since” is “May”, no date and time"),
        ("c.toml", "[[codes]]\n", "c.toml: “codes” is not a known key; the keys are code"),
        ("c.xlsx", "", "c.xlsx was not read: a codebook is a .csv, .tsv, .txt, .toml or .qdc file"),
    ],
)
def test_error_in_a_codebook_names_the_file_and_line(name, text, problem):
    with pytest.raises(InputError, match=problem):
        read_codebook(name, text.encode())


def test_odd_rows_of_a_codebook_are_read_and_reported():
    data = b'path,definition\nTrust,say "yes"\nCare,"to "help" them"\nNorms,rules, as seen, by all\nMoney,x\n'
    reported: list[str] = []
    codes = read_codebook("c.csv", data, reported.append)
    assert [(code.path, code.definition) for code in codes] == [
        ("Trust", 'say "yes"'),
        ("Care", 'to help" them"'),
        ("Norms", "rules, as seen, by all"),
        ("Money", "x"),
    ]
    assert reported == [
        "line 3 has a stray quotation mark, and was read as text",
        "line 4 has too many cells, and was joined again where a space follows the delimiter",
    ]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (b"Norms,rules,as seen", "line 2: there are 3 cells, but the first line names 2 columns"),
        (b"Norms, rules, as seen", "line 2: there are 3 cells, but the first line names 2 columns"),
        (b'Norms,"rules\nCare,x', "line 2: the row that begins here is not CSV"),
    ],
)
def test_rows_of_a_codebook_that_can_be_read_in_two_ways_are_refused(row, problem):
    with pytest.raises(InputError, match=problem):
        read_codebook("c.csv", b"path,definition\n" + row + b"\n")
