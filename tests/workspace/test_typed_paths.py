"""Paths: typed, pasted and completed."""

from __future__ import annotations

from pathlib import Path

import pytest

from sibtui.project.shared.typed_paths import completed, paths_in

WANTED = (".txt", ".docx")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder, which is also the home folder.

    It has a note, a note with a quotation mark and a space in its name, a picture, a hidden file, and a folder with
    notes.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in (
        "one.txt",
        "it's two.txt",
        "picture.png",
        ".hidden.txt",
        "more notes/three.txt",
        "more notes/four.docx",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("text")
    return tmp_path


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("one.txt", ["one.txt"]), ("  one.txt  ", ["one.txt"]), ("it's two.txt", ["it's two.txt"]), ("more notes", ["more notes"]),
        (r"it\'s\ two.txt one.txt", ["it's two.txt", "one.txt"]), ("'more notes/three.txt' one.txt", ["more notes/three.txt", "one.txt"]),
        ("\"it's two.txt\" 'one.txt'", ["it's two.txt", "one.txt"]), ("'it'\\''s two.txt'", ["it's two.txt"]),
        ("'one.txt", ["one.txt"]), ("one.txt one.txt", ["one.txt"]), ("*.txt", ["it's two.txt", "one.txt"]),
        ("nothing-*.txt", ["nothing-*.txt"]), ("", []), ("   ", []), ("\0", ["."]), ("x" * 5000, ["x" * 5000]),
    ],
)  # fmt: skip
def test_paths_on_a_line_are_found_with_any_quotation_marks(folder: Path, line: str, names: list[str]):
    assert paths_in(line) == [Path(name) for name in names]


def test_a_backslash_within_single_quotes_is_literal(folder: Path):
    assert paths_in(r"'a\b.txt' one.txt") == [Path(r"a\b.txt"), Path("one.txt")]
    assert paths_in(r'"a\"b.txt" one.txt') == [Path('a"b.txt'), Path("one.txt")]


def test_the_home_folder_and_file_addresses_are_understood(folder: Path):
    assert paths_in("~/one.txt") == [folder / "one.txt"]
    assert paths_in(f"file://{folder}/it%27s%20two.txt") == [folder / "it's two.txt"]
    assert paths_in("~nobody-of-this-name/x") == [Path("~nobody-of-this-name/x")]


@pytest.mark.parametrize(
    ("line", "becomes", "names"),
    [
        ("o", "one.txt", ["one.txt"]), ("ONE", "one.txt", ["one.txt"]), ("mo", r"more\ notes/", ["more notes/"]),
        (r"more\ notes/", r"more\ notes/", ["four.docx", "three.txt"]), ("more notes/t", r"more\ notes/three.txt", ["three.txt"]),
        ("one.txt i", r"one.txt it\'s\ two.txt", ["it's two.txt"]), ("pic", "picture.png", ["picture.png"]), ("none", "none", []),
        (".hid", ".hidden.txt", [".hidden.txt"]), ("~/on", "~/one.txt", ["one.txt"]), ("nowhere/x", "nowhere/x", []),
        ("", "", ["it's two.txt", "more notes/", "one.txt"]), ("one.txt ", "one.txt ", ["it's two.txt", "more notes/", "one.txt"]),
    ],
)  # fmt: skip
def test_tab_completes_a_path_up_to_the_first_difference(folder: Path, line: str, becomes: str, names: list[str]):
    assert completed(line, WANTED) == (becomes, names)


def test_a_completed_path_is_read_as_the_same_path(folder: Path):
    line, _ = completed("one.txt more", WANTED)
    line, _ = completed(f"{line}f", WANTED)
    assert paths_in(line) == [folder.relative_to(folder) / "one.txt", Path("more notes/four.docx")]
