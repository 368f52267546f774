from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from study_values import studies

from sibtui.errors import InputError
from sibtui.formats.study_folder.folder import read_study, write_study
from sibtui.model.attributes import canonical
from sibtui.model.drafts import (
    AttributeDraft,
    CaseDraft,
    CodeDraft,
    CodeProposalDraft,
    CodingDraft,
    MemoDraft,
    SourceDraft,
    StudyDraft,
)
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.model.records import Lineage, Study, TopicRecord
from sibtui.model.segments import Segment
from tests.examples import FEWER

STUDY = Study("Two bonds", "7b0c2f5e", "What for.", "2020-03-10T09:00:00Z", 2)

SMALL = StudyDraft(
    study=STUDY,
    coders=("R1",),
    attributes=(AttributeDraft("case", "Stage", "text"), AttributeDraft("source", "people", "number")),
    cases=(CaseDraft("SIB A", None, {"Stage": "Early"}),),
    sources=(
        SourceDraft(
            "b 1", "She said so.", "B, one", cases=("SIB A",), added="2020-03-11T09:00:00Z", attributes={"people": 2}
        ),
        SourceDraft("a1", "# A\n", "A", reading="read", read_at="2020-05-14T16:30:00Z"),
    ),
    codes=(
        CodeDraft("Theme", "Two\nlines.", colour="blue", since="2020-04-14T09:00:00Z"),
        CodeDraft("Theme/Code", lineage=(Lineage("merged", "2020-05-11T10:00:00Z", "R1", "Theme/Old", "Was.", "why"),)),
    ),
    codings=(
        CodingDraft(
            "b 1", "Theme/Code", Segment(0, 3), "She", None, "R1", "supports", "firm", (), "", "2020-05-15T10:00:00Z"
        ),
    ),
    topics=(TopicRecord("a1", "Theme", "not asked"),),
    memos=(MemoDraft("case", "SIB A", "", "=1+1", "R1", "2020-05-15T10:00:00Z"),),
    proposals=(
        CodeProposalDraft("Peers", "People\nhelp.", "R1", "2020-05-15T10:00:00Z"),
        CodeProposalDraft(
            "Old", "", "R1", "2020-05-15T10:00:00Z", "merged", "Theme/Code", "One topic.", "2020-05-16T10:00:00Z"
        ),
    ),
    matrices=(
        MatrixDefinition(
            "z", "Table 1.", (RowDefinition("Row", ("Theme/Code",), notes={"SIB A": "n"}),), marks={"absent": ""}
        ),
        MatrixDefinition("a", "", ()),
    ),
)

FILES = {
    "study.toml": """[study]
id = "7b0c2f5e"
name = "Two bonds"
description = "What for."
created = 2020-03-10T09:00:00Z
first_note = 2
sources = [
    "b 1",
    "a1",
]

[[coder]]
name = "R1"

[[attribute]]
of = "case"
name = "Stage"
kind = "text"

[[attribute]]
of = "source"
name = "people"
kind = "number"

[[case]]
label = "SIB A"

[case.attributes]
Stage = "Early"
""",
    "codebook.toml": '''[[code]]
path = "Theme"
definition = """
Two
lines."""
colour = "blue"
since = 2020-04-14T09:00:00Z

[[code]]
path = "Theme/Code"

[[code.lineage]]
event = "merged"
at = 2020-05-11T10:00:00Z
coder = "R1"
path = "Theme/Old"
definition = "Was."
note = "why"
''',
    "codings.csv": (
        "source,start,end,quote,code,coder,stance,certainty,cases,memo,created,id,undecided\n"
        "b 1,0,3,She,Theme/Code,R1,supports,firm,?,,2020-05-15T10:00:00Z,,\n\n\n"
    ),
    "topics.csv": "source,topic,state,case\n\na1,Theme,not asked,\n\n",
    "readings.csv": "source,coder,code,round,at\n\n\n",
    "memos.toml": '[[memo]]\non = "case"\nof = "SIB A"\ntext = "=1+1"\ncoder = "R1"\ncreated = 2020-05-15T10:00:00Z\n',
    "proposals.toml": '''[[proposal]]
path = "Peers"
definition = """
People
help."""
coder = "R1"
created = 2020-05-15T10:00:00Z

[[proposal]]
path = "Old"
coder = "R1"
created = 2020-05-15T10:00:00Z
state = "merged"
code = "Theme/Code"
reason = "One topic."
decided = 2020-05-16T10:00:00Z
''',
    "matrices/z.toml": """name = "z"
position = 1
title = "Table 1."
columns = "cases"
cells = "presence"
min_quotes = 1
min_sources = 1

[marks]
absent = ""

[[row]]
label = "Row"
codes = [
    "Theme/Code",
]
subcodes = true

[row.notes]
"SIB A" = "n"
""",
    "matrices/a.toml": 'name = "a"\nposition = 2\ncolumns = "cases"\ncells = "presence"\nmin_quotes = 1\nmin_sources = 1\n',
    "notes/b 1.md": (
        "---\ntitle: B, one\nkind: interview\nfidelity: notes\ncases: [SIB A]\n"
        "added: 2020-03-11T09:00:00Z\npeople: 2\n---\n\nShe said so."
    ),
    "notes/a1.md": (
        "---\ntitle: A\nkind: interview\nfidelity: notes\nreading: read\nread: 2020-05-14T16:30:00Z\n---\n\n# A\n"
    ),
}


def encoded(files: dict[str, str]) -> dict[str, bytes]:
    return {path: text.encode() for path, text in files.items()}


def unlined(draft: StudyDraft) -> StudyDraft:
    return replace(draft, codings=tuple(replace(coding, line=0) for coding in draft.codings))


def test_study_is_written_as_readable_files():
    assert {path: data.decode() for path, data in write_study(SMALL)} == FILES
    assert [path for path, _ in write_study(SMALL)] == list(FILES)


def test_files_are_read_as_a_study():
    assert unlined(read_study(encoded(FILES))) == SMALL


@FEWER
@given(studies())
def test_any_study_is_restored_from_files_and_written_identically(draft):
    files = dict(write_study(draft))
    back = read_study(files)
    assert unlined(back) == draft
    assert list(write_study(back)) == list(files.items())
    assert len({path.casefold() for path in files}) == len(files)


def test_stored_values_are_written_in_the_form_of_their_kinds():
    kinds = ["text", "number", "date", "yes/no"]
    drafts = tuple(AttributeDraft(of, f"{kind}!", kind) for of in ("case", "source") for kind in kinds)
    native = {"text!": "1", "number!": 2.5, "date!": date(2020, 3, 17), "yes/no!": False}
    stored = {f"{kind}!": canonical(kind, native[f"{kind}!"]) for kind in kinds}
    study = StudyDraft(STUDY, (), drafts, (CaseDraft("A", None, stored),), (SourceDraft("a", "", attributes=stored),))
    files = dict(write_study(study))
    assert b'"number!" = 2.5\n"date!" = 2020-03-17\n"yes/no!" = false\n' in files["study.toml"]
    assert b"number!: 2.5\ndate!: 2020-03-17\nyes/no!: false\n" in files["notes/a.md"]
    back = read_study(files)
    assert back.cases[0].attributes == back.sources[0].attributes == native


@pytest.mark.parametrize("value", ["about 5", "1.10000000000000000001", "never"])
def test_value_that_does_not_fit_its_kind_stays_text(value):
    study = StudyDraft(STUDY, (), (AttributeDraft("case", "n", "number"),), (CaseDraft("A", None, {"n": value}),))
    assert read_study(dict(write_study(study))).cases[0].attributes == {"n": value}


def test_minimal_folder_is_read_and_other_files_ignored():
    files = {
        "notes/b.md": b"# B\n",
        "notes/a.txt": "café".encode("cp1252"),
        "notes/more/c.md": b"---\nname: c 1\n---\n\nC",
        "notes/.hidden.md": b"x",
        "notes/picture.png": b"\x89PNG\r\n",
        "README.md": b"\xff",
        "other/x.md": b"x",
        "matrices/.x.toml": b"?",
    }
    study = read_study(files)
    assert [(s.name, s.title, s.text) for s in study.sources] == [
        ("a", "a", "café"),
        ("b", "B", "# B\n"),
        ("c 1", "c", "C"),
    ]
    assert study.study == Study("", "", "", "", 1)
    assert (study.sources[1].original, study.sources[1].sha256) == ("", "")


def test_a_source_name_is_kept_on_a_file_system_that_normalises_file_names():
    study = StudyDraft(STUDY, sources=(SourceDraft("Café", ""),))
    files = {unicodedata.normalize("NFD", path): data for path, data in write_study(study)}
    assert read_study(files) == study


def test_note_of_control_characters_is_restored_and_binary_file_refused():
    study = StudyDraft(STUDY, sources=(SourceDraft("a", "\x00\x01" * 999),))
    assert read_study(dict(write_study(study))) == study
    with pytest.raises(InputError, match=r"notes/a\.txt seems to be a binary file"):
        read_study({"notes/a.txt": b"\x00\x01" * 999})


def test_unlisted_sources_follow_by_file_name():
    files = {f"notes/{name}.md": b"" for name in "dbca"} | {"study.toml": b'[study]\nsources = ["c", "b"]\n'}
    assert [source.name for source in read_study(files).sources] == ["c", "b", "a", "d"]


def test_matrices_without_a_position_follow_those_with_one():
    files = {f"matrices/{name}.toml": b"" for name in "ba"} | {"matrices/c.toml": b"position = 4\n", "study.toml": b""}
    assert [matrix.name for matrix in read_study(files).matrices] == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("path", "text", "problem"),
    [
        ("study.toml", "[study\n", "study.toml is not TOML: .*line 1"),
        ("study.toml", "[study]\nname = 'é\n", "study.toml is not TOML"),
        ("study.toml", "x = " + "[" * 9999, "study.toml"),
        ("study.toml", f"x = {'9' * 5000}", "study.toml is not TOML"),
        (
            "study.toml",
            "[project]\n",
            "study.toml: “project” is not a known key; the keys are study, coder, attribute, case",
        ),
        (
            "study.toml",
            "[study]\ntitle = 'x'\n",
            "study.toml, .study.: “title” is not a known key; the keys are .*name",
        ),
        ("study.toml", "[study]\nname = 5\n", "study.toml, .study.: “name” is not text: write it in quotes"),
        (
            "study.toml",
            "[study]\nfirst_note = true\n",
            "study.toml, .study.: “first_note” is not a whole number of 0 or more",
        ),
        ("study.toml", "[study]\ncreated = 10:00:00\n", "study.toml, .study.: “created” is no date and time"),
        ("study.toml", "[study]\ncreated = 'soon'\n", "study.toml, .study.: “created” is no date and time"),
        ("study.toml", "[study]\nsources = 'gone'\n", "study.toml, .study.: “sources” lists “gone”, but no note"),
        ("study.toml", "[study]\nsources = [1]\n", "study.toml, .study.: “sources” is not a list of texts"),
        ("study.toml", "study = 1\n", "study.toml: “study” is not a table: write it below a line .study."),
        (
            "study.toml",
            "coder = 'R1'\n",
            "study.toml: “coder” is not a list of tables: write each below a line ..coder..",
        ),
        ("study.toml", "[[coder]]\n[[coder]]\nname = ''\n", "study.toml, ..coder.. 1: “name” is missing"),
        (
            "study.toml",
            "[[attribute]]\nname = 'x'\nkind = 'colour'\n",
            "..attribute.. 1: “kind” is “colour”; it is one of text",
        ),
        (
            "study.toml",
            "[[attribute]]\nname = 'x'\nof = 'code'\n",
            "..attribute.. 1: “of” is “code”; it is one of case, source",
        ),
        ("study.toml", "[[case]]\nlabel = 'A'\nattributes.x = [1]\n", "..case.. 1: “attributes.x” is not one value"),
        ("study.toml", "[[case]]\nlabel = 'A'\nattributes = 1\n", "..case.. 1: “attributes” is not a table"),
        (
            "codebook.toml",
            "[[code]]\npath = 'A'\n[[code]]\ndefinition = 'x'\n",
            "codebook.toml, ..code.. 2: “path” is missing",
        ),
        (
            "codebook.toml",
            "[[code]]\npath = 'A'\ncolor = 'x'\n",
            "codebook.toml, ..code.. 1: “color” is not a known key",
        ),
        (
            "codebook.toml",
            "[[code]]\npath = 'A'\nstatus = 'old'\n",
            "“status” is “old”; it is one of proposed, active, retired",
        ),
        (
            "codebook.toml",
            "[[code]]\npath = 'A'\n[[code.lineage]]\nat = 1\n",
            "..code.. 1, ..lineage.. 1: “event” is missing",
        ),
        ("codings.csv", "source,code\na,b\n", "codings.csv, line 2: there is neither a quote"),
        (
            "coverage.csv",
            "source,topic,state\na,b,asked\na,b,\n",
            "coverage.csv, line 3: “state” is “”; it is one of asked",
        ),
        ("coverage.csv", "source,topic\n", "coverage.csv, line 1: there is no column “state”"),
        ("coverage.csv", "source,topic,state\na,,asked\n", "coverage.csv, line 2: there is no topic"),
        ("memos.toml", "[[memo]]\non = 'quote'\n", "memos.toml, ..memo.. 1: “on” is “quote”; it is one of project"),
        ("proposals.toml", "[[proposal]]\nstate = 'open'\n", "proposals.toml, ..proposal.. 1: “path” is missing"),
        (
            "proposals.toml",
            "[[proposal]]\npath = 'A'\nstate = 'lost'\n",
            "proposals.toml, ..proposal.. 1: “state” is “lost”; it is one of open",
        ),
        ("matrices/t.toml", "[marks]\nmaybe = '?'\n", "matrices/t.toml, .marks.: “maybe” is not a state of a cell"),
        ("notes/a.md", "---\nkind: 'chat\n---\n", "notes/a.md, line 3: the front matter is not YAML"),
        ("notes/b.md", "---\nname: a\n---\n", "notes/b.md: another note is named “a” too"),
    ],
)
def test_error_names_the_file_and_line(path, text, problem):
    files = {"notes/a.md": b"", path: text.encode()}
    with pytest.raises(InputError, match=problem) as caught:
        read_study(files)
    assert path in str(caught.value)


def test_a_file_that_is_not_utf8_is_refused_with_the_offset():
    with pytest.raises(InputError, match=r"study\.toml is not utf-8: the byte at offset 17"):
        read_study({"study.toml": b'[study]\nname = " \x80"'})


def test_a_folder_without_a_study_is_refused():
    with pytest.raises(InputError, match="There is no study in this folder"):
        read_study({"README.md": b"x", "notes/x.pdf": b"%PDF-"})


def test_a_study_folder_with_windows_line_ends_gives_the_same_study():
    assert (
        unlined(
            read_study({path: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() for path, text in FILES.items()})
        )
        == SMALL
    )


def test_a_note_that_changes_while_the_study_is_read_is_refused():
    files = {"notes/a1.md": b"---\ntitle: A\n---\n\nTrust."}
    draft = read_study(files)
    assert [source.text for source in draft.sources] == ["Trust."]
    files["notes/a1.md"] = b"---\ntitle: A\n---\n\nTrust grew."
    with pytest.raises(InputError, match=r"notes/a1\.md was changed while the study was read"):
        list(draft.sources)
