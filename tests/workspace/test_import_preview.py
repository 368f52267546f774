"""The preview of an import, without a screen."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from sibtui.errors import InputError
from sibtui.formats.sources.read_options import ReadOptions
from sibtui.project.importing.import_options import ImportOptions, validate_language
from sibtui.project.importing.incoming_files import describe_paths, read, read_again, study_of
from sibtui.project.importing.preview import ImportPreview

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.project import Project


def note(folder: Path, name: str, text: str | bytes = "A note.") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def qdpx(head: bytes) -> bytes:
    """Return a .qdpx file with this element at the head of its project."""
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("project.qde", head)
    return file.getvalue()


def took(project: Project, line: object, how: ImportOptions | None = None) -> ImportPreview:
    coming = ImportPreview(project)
    coming.how = how or ImportOptions()
    coming.take(read(str(line), coming.how))
    return coming


def test_an_import_brings_in_the_previewed_sources(study: Project, tmp_path: Path):
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
    assert coming.summary == "2 sources to bring in, 1 already in the study, 2 refused"
    assert coming.store(study).names == ("a", "b")
    assert study.sources.names() == (*before, "a", "b")
    assert study.history.list(limit=1)[0].summary == "2 sources"
    study.history.undo()
    assert study.sources.names() == before


def test_a_source_can_be_renamed_or_left_out(study: Project, tmp_path: Path):
    note(tmp_path, "n/x1.txt", "Taken.")
    note(tmp_path, "n/y.txt", "Not this.")
    coming = took(study, tmp_path / "n")
    coming.names["0.0"] = "x2"
    coming.out.add("1.0")
    coming.judge()
    assert [(item.name, item.outcome) for item in coming.items] == [("x2", "new"), ("y", "out")]
    assert coming.store(study).names == ("x2",)
    assert study.sources.text("x2") == "Taken."


def test_an_option_for_all_is_set_on_each_source(study: Project, tmp_path: Path):
    note(tmp_path, "n/a.md", "---\nkind: document\ncases: [SIB A]\n---\nAnna: Hm.\nI: So?\nAnna: Yes.\n")
    how = ImportOptions(("SIB B", "SIB Z"), None, "verbatim", speakers=True)
    coming = took(study, tmp_path / "n", how)
    (item,) = coming.items
    assert item.new_cases == ("SIB Z",)
    coming.store(study)
    source = study.sources.get("a")
    assert (source.cases, source.kind, source.fidelity) == (("SIB B", "SIB Z"), "document", "verbatim")
    assert source.attributes["participants"] == "Anna"


def test_the_language_is_set_on_each_source(study: Project, tmp_path: Path):
    note(tmp_path, "n/a.txt", "Das Haus.")
    took(study, tmp_path / "n", ImportOptions(language="de")).store(study)
    assert study.sources.get("a").language == "de"


def test_chosen_cases_replace_a_case_with_a_semicolon_in_its_name(study: Project, tmp_path: Path):
    study.cases.add("Here; there")
    note(tmp_path, "n/a.md", "---\ncase: Here; there\n---\nText.\n")
    took(study, tmp_path / "n", ImportOptions(("SIB B",))).store(study)
    assert study.sources.get("a").cases == ("SIB B",)


@pytest.mark.parametrize(
    ("written", "taken", "words"),
    [("de-AT", "yes", "de"), ("", "yes", "the study's, else guessed"), ("german", "no", "is not a language code")],
)
def test_a_typed_language_is_validated(written: str, taken: str, words: str):
    answer = validate_language(written)
    assert answer.verdict == taken
    assert words in answer.message


def test_a_guessed_encoding_is_reported_and_can_be_overridden(study: Project, tmp_path: Path):
    path = note(tmp_path, "old.txt", ("Das Gebäude war für die Gäste zu schön. " * 9).encode("cp1252"))
    (item,) = took(study, path).items
    assert item.encoding.startswith("cp1252, ")
    assert "guess" in item.messages[0].facts
    (item,) = took(study, path, ImportOptions(encoding="cp437")).items
    assert (item.encoding, item.messages) == ("cp437", ())


def test_a_codebook_is_imported_in_one_act(study: Project, tmp_path: Path):
    path = note(tmp_path, "codes.csv", "path,definition\nMoney,Other words.\nMoney/New one,What is new.\n")
    coming = took(study, path)
    assert coming.summary == "A codebook: 1 new code, 1 already in the study; 1 differs and stays as it is"
    assert coming.store(study).message == "1 code added, 0 changed, 0 already in the study, 1 left as it is"
    assert study.codes.get("Money").definition == "What things cost."
    study.history.undo()
    coming = took(study, path)
    coming.update = True
    assert coming.summary == "A codebook: 1 new code, 1 already in the study; 1 differs and changes"
    assert coming.store(study).message == "1 code added, 1 changed, 0 already in the study"
    assert study.codes.get("Money").definition == "Other words."
    assert study.codes.get("Money/New one").definition == "What is new."
    study.history.undo()
    assert study.codes.get("Money").definition == "What things cost."


def test_a_codebook_of_taguette_is_read_as_a_codebook(study: Project, tmp_path: Path):
    path = note(tmp_path, "codebook.csv", "tag,description,number of highlights\nTrust,What it is.\n")
    assert [(code.path, code.definition) for code in took(study, path).reading.codes] == [("Trust", "What it is.")]


def test_a_survey_is_not_a_codebook(study: Project, tmp_path: Path):
    path = note(tmp_path, "survey.csv", "path,answer\nnorth,I liked it very much.\n")
    assert [item.outcome for item in took(study, path).items] == ["new"]


@pytest.mark.parametrize(
    ("name", "text", "hint"),
    [
        ("theirs.qdpx", "", "study-from"), ("theirs.sqlite3", "", "study-from"),
        ("theirs.qde", "", "study-from"), ("theirs.rqda", "", "study-from"),
        ("theirs.qda/data.qda", "", "study-from"), ("unpacked/data/project.qde", "", "study-from"),
    ],
)  # fmt: skip
def test_another_kind_of_file_is_refused_with_a_hint(tmp_path: Path, name: str, text: str, hint: str):
    path = note(tmp_path, name, text)
    line = str(path if path.suffix != ".toml" and "/data" not in name else path.parent)
    with pytest.raises(InputError) as refused:
        read(line, ImportOptions())
    assert refused.value.hint == hint
    assert describe_paths(line).hint == hint


@pytest.mark.parametrize(("name", "hint"), [("s.sibtui", "open-study"), ("plain/study.toml", "study-from")])
def test_a_study_is_for_a_merge_and_no_note(tmp_path: Path, name: str, hint: str):
    path = note(tmp_path, name, "")
    path = path.parent if path.suffix == ".toml" else path
    assert study_of(str(path)) == path
    assert describe_paths(str(path)).facts.startswith("A study.")
    with pytest.raises(InputError) as refused:
        read(f"{path} {path}", ImportOptions())
    assert refused.value.hint == hint


def test_only_one_study_is_merged_at_a_time(tmp_path: Path):
    path = note(tmp_path, "s.sibtui", "")
    assert study_of(f"{path} {note(tmp_path, 'other.sibtui', '')}") is None
    assert study_of(str(tmp_path / "missing.sibtui")) is None
    for name, data in (("damaged.qdpx", b"PK, but no archive"), ("other.qdpx", qdpx(b'<Project origin="NVivo">'))):
        (tmp_path / name).write_bytes(data)
        assert study_of(str(tmp_path / name)) is None
    (tmp_path / "own.qdpx").write_bytes(qdpx(b'<Project name="Four" origin="sibtui">'))
    assert study_of(str(tmp_path / "own.qdpx")) == tmp_path / "own.qdpx"
    assert study_of("") is None
    assert study_of("x" * 5000) is None


@pytest.mark.parametrize("line", ["", " ", "x" * 5000, "no/such/file", "~nobody/x", "\0", "a b c"])
def test_every_typed_line_gives_a_validation_message(
    study: Project, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "void").mkdir()
    monkeypatch.chdir(tmp_path / "void")
    assert describe_paths(line)
    try:
        coming = took(study, line)
    except InputError as error:
        assert str(error)  # noqa: PT017 - either of two answers is right
    else:
        assert not coming.coming


def test_the_progress_callback_can_cancel_the_reading(study: Project, tmp_path: Path):
    for number in range(5):
        note(tmp_path, f"n/{number}.txt")
    seen: list[tuple[int, int]] = []

    def progress(done: int, of: int) -> None:
        seen.append((done, of))
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read(str(tmp_path / "n"), ImportOptions(), progress)
    assert seen[-1] == (2, 5)


def test_changed_names_of_sources_are_forgotten_when_other_files_are_read(study: Project, tmp_path: Path):
    coming = took(study, note(tmp_path, "one.txt", "One."))
    coming.names["0.0"] = "first"
    coming.how = replace(coming.how, encoding="utf-8")
    coming.take(read(str(tmp_path / "one.txt"), coming.how))
    assert [item.name for item in coming.items] == ["first"]
    coming.take(read(str(note(tmp_path, "two.txt", "Two.")), coming.how))
    assert [item.name for item in coming.items] == ["two"]


def test_the_preview_shows_content_left_out_in_the_words_of_the_report(study: Project, tmp_path: Path):
    import docx

    document = docx.Document()
    document.add_comment(document.add_paragraph("They asked.").runs, text="Trust", author="R1")
    document.save(str(tmp_path / "a.docx"))
    preview = ImportPreview(study)
    preview.take(read(str(tmp_path / "a.docx"), ImportOptions()))
    (item,) = preview.items
    assert [message.facts for message in item.messages] == ["1 comment was left out."]


def test_marked_sources_have_their_own_options(study: Project, tmp_path: Path):
    for name in ("a", "b", "c"):
        note(tmp_path, f"n/{name}.txt", f"Text of {name}.")
    coming = took(study, tmp_path / "n")
    coming.marked = {"0.0", "1.0"}
    assert coming.set_options(cases=("SIB B",), kind="document") == {}
    coming.marked = {"1.0"}
    coming.set_options(cases=("SIB Z",))
    coming.judge()
    assert [(item.draft.cases, item.draft.kind) for item in coming.items if item.draft] == [
        (("SIB B",), "document"), (("SIB Z",), "document"), ((), "interview"),
    ]  # fmt: skip
    assert coming.value("cases") == ("SIB Z",)
    coming.marked = set()
    assert coming.value("cases") is None
    coming.set_options(cases=("SIB A",))
    assert {coming.options_of(f"{at}.0").cases for at in range(3)} == {("SIB A",)}


def test_setting_the_encoding_of_one_file_reads_this_file_again(study: Project, tmp_path: Path):
    for name in ("a", "b"):
        note(tmp_path, f"n/{name}.txt", ("Das Gebäude war für die Gäste zu schön. " * 9).encode("cp1252"))
    coming = took(study, tmp_path / "n")
    coming.marked = {"1.0"}
    again = coming.set_options(encoding="cp437")
    assert list(again) == [1]
    coming.reading = read_again(coming.reading, again, lambda _done, _of: None)
    coming.judge()
    assert [item.encoding.partition(",")[0] for item in coming.items] == ["cp1252", "cp437"]


def test_options_of_readers_change_for_all_rows_of_a_survey(study: Project, tmp_path: Path):
    coming = took(study, note(tmp_path, "s.csv", "id,one,two\n1,Short.,A longer text.\n2,Brief.,Another long text.\n"))
    coming.marked = {"0.1"}
    again = coming.set_options(reading=ReadOptions(text_columns=("one",)))
    coming.reading = read_again(coming.reading, again, lambda _done, _of: None)
    coming.judge()
    assert [item.draft.text for item in coming.items if item.draft] == ["Short.", "Brief."]


def test_the_preview_shows_losses_empty_files_and_mixed_attributes(study: Project, tmp_path: Path):
    import docx

    document = docx.Document()
    document.add_comment(document.add_paragraph("They asked.").runs, text="Trust", author="R1")
    note(tmp_path, "n/empty.txt", "")
    document.save(str(tmp_path / "n" / "word.docx"))
    note(tmp_path, "n/x.md", "---\nborn: 1969\n---\nText.\n")
    note(tmp_path, "n/y.md", "---\nborn: 17/09/1984\n---\nText.\n")
    coming = took(study, tmp_path / "n")
    assert coming.summary == "4 sources to bring in, 1 without text; 1 comment was left out"
    facts = {item.name: [message.facts for message in item.messages] for item in coming.items}
    assert facts["y"] == ["the attribute “born” is text: “17/09/1984” is not a number."]


def test_comments_are_imported_in_one_act(study: Project, tmp_path: Path):
    import docx

    for name, text in (("a", "Money"), ("b", "New code")):
        document = docx.Document()
        document.add_comment(document.add_paragraph("They asked.").runs, text=text, author="R1")
        note(tmp_path, f"n/{name}.docx")
        document.save(str(tmp_path / "n" / f"{name}.docx"))
    coming = took(study, tmp_path / "n", ImportOptions(reading=ReadOptions(comments=True)))
    coming.marked = {"1.0"}
    coming.set_options(comment_codes=True)
    assert coming.store(study).message == "2 sources added, 2 codings from comments"
    study.history.undo()
    assert not {"a", "b"} & set(study.sources.names())
