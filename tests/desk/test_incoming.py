"""What is to come in, before a screen shows it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sibtui.desk.incoming import How, Incoming, line_told, read
from sibtui.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.project import Project


def note(folder: Path, name: str, text: str | bytes = "A note.") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def took(project: Project, line: object, how: How | None = None) -> Incoming:
    coming = Incoming(project)
    coming.how = how or How()
    coming.take(read(str(line), coming.how))
    return coming


def test_what_would_come_is_what_then_comes(study: Project, tmp_path: Path):
    for name, text in {
        "n/a.txt": "One.",
        "n/b.md": "# Two\n",
        "n/c.docx": "no",
        "n/again.txt": "One.",
        "n/x1.txt": "Taken.",
    }.items():
        note(tmp_path, name, text)
    coming = took(study, tmp_path / "n")
    foreseen = [(item.name, item.outcome) for item in coming.items]
    assert foreseen == [("a", "new"), ("again", "same"), ("b", "new"), ("c.docx", "refused"), ("x1", "refused")]
    before = study.sources.names()
    assert coming.told == "2 sources to bring in, 1 there already, 2 refused"
    assert coming.store(study).names == ("a", "b")
    assert study.sources.names() == (*before, "a", "b")
    assert study.history.list(limit=1)[0].summary == "2 sources"
    study.history.undo()
    assert study.sources.names() == before


def test_a_source_is_given_another_name_or_left_out(study: Project, tmp_path: Path):
    note(tmp_path, "n/x1.txt", "Taken.")
    note(tmp_path, "n/y.txt", "Not this.")
    coming = took(study, tmp_path / "n")
    coming.names["0.0"] = "x2"
    coming.out.add("1.0")
    coming.judge()
    assert [(item.name, item.outcome) for item in coming.items] == [("x2", "new"), ("y", "out")]
    assert coming.store(study).names == ("x2",)
    assert study.sources.text("x2") == "Taken."


def test_what_is_said_of_all_is_on_each(study: Project, tmp_path: Path):
    note(tmp_path, "n/a.md", "---\nkind: document\ncases: [SIB A]\n---\nAnna: Hm.\nI: So?\nAnna: Yes.\n")
    how = How(("SIB B", "SIB Z"), None, "verbatim", speakers=True)
    coming = took(study, tmp_path / "n", how)
    (item,) = coming.items
    assert item.new_cases == ("SIB Z",)
    coming.store(study)
    source = study.sources.get("a")
    assert (source.cases, source.kind, source.fidelity) == (("SIB B", "SIB Z"), "document", "verbatim")
    assert source.attributes["participants"] == "Anna"


def test_a_guessed_encoding_is_told_and_overruled(study: Project, tmp_path: Path):
    path = note(tmp_path, "old.txt", ("Das Gebäude war für die Gäste zu schön. " * 9).encode("cp1252"))
    (item,) = took(study, path).items
    assert item.encoding.startswith("cp1252, ")
    assert "guess" in item.warnings[0]
    (item,) = took(study, path, How(encoding="cp437")).items
    assert (item.encoding, item.warnings) == ("cp437", ())


def test_a_codebook_comes_in_as_one_change(study: Project, tmp_path: Path):
    path = note(tmp_path, "codes.csv", "path,definition\nMoney,Other words.\nMoney/New one,What is new.\n")
    coming = took(study, path)
    assert coming.told == "A codebook: 1 new code; 1 code there already, brought up to date"
    assert coming.store(study).told == "1 code added, 1 changed, 0 there already"
    assert study.codes.get("Money/New one").definition == "What is new."
    study.history.undo()
    assert study.codes.get("Money").definition == "What things cost."


def test_taguettes_codebook_is_one(study: Project, tmp_path: Path):
    path = note(tmp_path, "codebook.csv", "tag,description,number of highlights\nTrust,What it is.\n")
    assert [(code.path, code.definition) for code in took(study, path).reading.codes] == [("Trust", "What it is.")]


def test_a_survey_is_no_codebook(study: Project, tmp_path: Path):
    path = note(tmp_path, "survey.csv", "path,answer\nnorth,I liked it very much.\n")
    assert [item.outcome for item in took(study, path).items] == ["new"]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("theirs.qdpx", "", "sibtui new STUDY --from"), ("theirs.sqlite3", "", "sibtui new STUDY --from"), ("s.sibtui", "", "sibtui open"),
        ("codings.csv", "source,code,quote\na1,Money,x\n", "sibtui coding import"), ("plain/study.toml", "", "its notes alone are in"),
        ("theirs.qda/data.qda", "", "sibtui new STUDY --from"),
    ],
)  # fmt: skip
def test_what_is_no_note_is_told_how_it_comes_in(tmp_path: Path, name: str, text: str, says: str):
    path = note(tmp_path, name, text)
    line = str(path if path.suffix != ".toml" and "/data" not in name else path.parent)
    with pytest.raises(InputError, match=says):
        read(line, How())
    assert says in line_told(line) or path.suffix == ".csv"


@pytest.mark.parametrize("line", ["", " ", "x" * 5000, "no/such/file", "~nobody/x", "\0", "a b c"])
def test_any_line_is_answered(study: Project, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "void").mkdir()
    monkeypatch.chdir(tmp_path / "void")
    assert line_told(line)
    try:
        coming = took(study, line)
    except InputError as error:
        assert str(error)  # noqa: PT017 - either of two answers is right
    else:
        assert not coming.coming


def test_reading_is_ended_by_what_is_told_of_its_progress(study: Project, tmp_path: Path):
    for number in range(5):
        note(tmp_path, f"n/{number}.txt")
    seen: list[tuple[int, int]] = []

    def progress(done: int, of: int) -> None:
        seen.append((done, of))
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read(str(tmp_path / "n"), How(), progress)
    assert seen[-1] == (2, 5)


def test_other_names_go_with_what_was_read_before(study: Project, tmp_path: Path):
    coming = took(study, note(tmp_path, "one.txt", "One."))
    coming.names["0.0"] = "first"
    coming.how = replace(coming.how, encoding="utf-8")
    coming.take(read(str(tmp_path / "one.txt"), coming.how))
    assert [item.name for item in coming.items] == ["first"]
    coming.take(read(str(note(tmp_path, "two.txt", "Two.")), coming.how))
    assert [item.name for item in coming.items] == ["two"]
