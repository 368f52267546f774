"""Standard output under various locales and encodings: data is UTF-8, and text for people never becomes `?`."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

BARE = {"LC_ALL": "C", "LANG": "", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
LOCALES = {
    "C": BARE,
    "ascii": {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    "latin-1": {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"},
    "utf-8": {"PYTHONIOENCODING": "utf-8"},
}
WORDS = "“Zoë’s café – 第一 € 😀”"
DATA = [
    ["coding", "list", "--format", "csv"],
    ["coding", "list", "--format", "json"],
    ["coding", "list", "--format", "md"],
    ["source", "show", "note", "--text"],
    ["source", "list", "--format", "csv"],
    ["report", "interviews", "--format", "csv"],
    ["report", "interviews", "--format", "json"],
    ["code", "export"],
    ["code", "export", "--format", "toml"],
    ["code", "export", "--format", "html"],
    ["export", "codings", "-"],
    ["export", "taguette-csv", "-"],
    ["export", "report", "-"],
    ["export", "qdc", "-"],
    ["matrix", "show", "m", "--format", "json"],
    ["matrix", "show", "m", "--format", "latex"],
    ["matrix", "evidence", "m", "--format", "csv"],
    ["matrix", "export", "m"],
]
TEXTS = [
    ["coding", "list"],
    ["source", "list"],
    ["code", "list"],
    ["report", "interviews"],
    ["matrix", "show", "m"],
    ["matrix", "evidence", "m"],
    ["source", "show", "note"],
]
MARK = "<next command>"
IN_ONE_PROCESS = """\
import json, sys
from sibtui.cli import run
for arguments in json.loads(sys.argv[1]):
    assert run(arguments) == 0, arguments
    sys.stdout.flush()
    sys.stdout.buffer.write(sys.argv[2].encode())
    sys.stdout.buffer.flush()
    print(end=sys.argv[2], file=sys.stderr, flush=True)
"""


def sibtui(*arguments: str | Path, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "sibtui", *arguments], input=stdin.encode(), env=os.environ | environment,
        capture_output=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a study with characters in its names and texts that few encodings have."""
    path = tmp_path_factory.mktemp("study") / "s.sibtui"
    environment = {"SIBTUI_PROJECT": str(path), "PYTHONUTF8": "1"}
    for arguments, stdin in (
        (["new", str(path)], ""),
        (
            ["source", "add", "-", "--name", "note", "--kind", "interview"],
            f"---\ntitle: {WORDS}\ncases: {WORDS}\n---\n{WORDS}\n",
        ),
        (["code", "add", WORDS, "--definition", WORDS], ""),
        (["coding", "add", "note", WORDS, "--quote", WORDS, "--memo", WORDS], ""),
        (["matrix", "define", "--name", "m", "--title", WORDS, "--code", WORDS], ""),
    ):
        result = sibtui(*arguments, stdin=stdin, **environment)
        assert result.returncode == 0, result.stderr
    return path


@pytest.fixture(scope="module")
def shown(study: Path) -> Callable[[str], dict[str, bytes]]:
    """Return a function: `shown("C")` is the output of each command of `TEXTS` and `DATA` under the locale C.

    All commands run in one process.
    """

    @cache
    def under(name: str) -> dict[str, bytes]:
        lines = [["-p", str(study), *arguments] for arguments in (*TEXTS, *DATA)]
        result = subprocess.run(
            [sys.executable, "-c", IN_ONE_PROCESS, json.dumps(lines), MARK], env=os.environ | LOCALES[name],
            capture_output=True, check=False,
        )  # fmt: skip
        assert result.returncode == 0, result.stderr
        assert result.stderr.startswith(len(TEXTS) * MARK.encode())  # only exports have something to report
        outputs = result.stdout.split(MARK.encode())[:-1]
        return {" ".join(arguments): out for arguments, out in zip((*TEXTS, *DATA), outputs, strict=True)}

    return under


@pytest.mark.slow
def test_commands_write_the_same_in_one_process_and_in_separate_processes(study: Path, shown) -> None:
    for name in ("C", "latin-1"):
        assert shown(name)["coding list"] == sibtui("-p", study, "coding", "list", **LOCALES[name]).stdout
        assert shown(name)["code export"] == sibtui("-p", study, "code", "export", **LOCALES[name]).stdout


@pytest.mark.parametrize("arguments", DATA, ids=" ".join)
def test_data_is_the_same_utf_8_under_every_locale(run, study: Path, shown, arguments: list[str]) -> None:
    written = {shown(name)[" ".join(arguments)] for name in ("C", "latin-1")}
    written.add(run("-p", study, *arguments).out.encode())
    assert len(written) == 1
    assert "第一" in written.pop().decode()


@pytest.mark.parametrize("name", ["C", "latin-1"])
def test_a_file_is_utf_8_under_every_locale(study: Path, name: str) -> None:
    result = sibtui("-p", study, "export", "codings", "c.csv", **LOCALES[name])
    assert result.returncode == 0, result.stderr
    assert WORDS in Path("c.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["ascii", "latin-1"])
@pytest.mark.parametrize("arguments", TEXTS, ids=" ".join)
def test_text_for_people_has_substitutes_and_escapes_but_no_question_mark(
    shown, arguments: list[str], name: str
) -> None:
    text = shown(name)[" ".join(arguments)].decode("latin-1")
    assert "?" not in text
    assert "\\u7b2c\\u4e00" in "".join(text.split())
    assert ("Zoë" in text) == (name == "latin-1")


def test_escapes_do_not_shift_the_columns_of_a_table(study: Path) -> None:
    head, rule, row = sibtui("-p", study, "source", "list", **LOCALES["ascii"]).stdout.decode().splitlines()
    assert set(rule) == {"-"}
    assert head.index("kind") == row.index("interview")


def test_a_message_escapes_characters_that_stderr_lacks(study: Path) -> None:
    refused = sibtui("-p", study, "code", "show", "Zoé", **LOCALES["latin-1"])
    assert refused.returncode == 1
    assert "Zoé" in refused.stderr.decode("latin-1")
    assert b"\\u7b2c\\u4e00" in refused.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["coding", "list", "--format", "csv"], ["source", "list", "--format", "csv"], ["export", "codings", "-"],
        ["export", "taguette-csv", "-"], ["report", "cases", "--format", "csv"], ["code", "export"],
        ["matrix", "show", "m", "--format", "csv"], ["matrix", "evidence", "m", "--format", "csv"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_csv_begins_with_a_byte_order_mark_only_with_the_option_bom(run, study: Path, arguments: list[str]) -> None:
    plain = run("-p", study, *arguments).out
    marked = run("-p", study, *arguments, "--bom").out
    assert plain[:1] != "\ufeff"
    assert marked == "\ufeff" + plain


def test_a_file_with_a_byte_order_mark_can_be_imported(run, study: Path) -> None:
    for arguments in (
        ["export", "codings", "c.csv"], ["export", "taguette-csv", "t.csv"], ["code", "export", "codes.csv"],
        ["matrix", "show", "m", "-o", "m.csv"],
    ):  # fmt: skip
        assert run("-p", study, *arguments, "--bom").status == 0
        assert Path(arguments[-1]).read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(Path("c.csv").read_text(encoding="utf-8-sig"))))
    assert [row["quote"] for row in rows] == [WORDS]
    assert run("-p", study, "coding", "import", "c.csv").status == 0
    assert run("-p", study, "code", "import", "codes.csv").status == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["source", "list"], ["source", "list", "--format", "json"], ["export", "codings", "c.xlsx"],
        ["matrix", "show", "m", "-o", "m.html"], ["code", "export", "--format", "toml"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_the_option_bom_is_refused_for_formats_other_than_csv(
    run, study: Path, arguments: list[str], tmp_path: Path
) -> None:
    refused = run("-p", study, *arguments, "--bom")
    assert (refused.status, refused.out) == (2, "")
    assert "CSV" in refused.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [["export", "qdpx", "-"], ["export", "codings", "-", "--format", "xlsx"], ["matrix", "show", "-o", "-", "--format", "docx"]],
    ids=" ".join,
)  # fmt: skip
def test_an_archive_on_stdout_is_complete(run, study: Path, arguments: list[str], tmp_path: Path) -> None:
    result = sibtui("-p", study, *arguments, **BARE)
    assert result.returncode == 0, result.stderr
    assert zipfile.ZipFile(io.BytesIO(result.stdout)).testzip() is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments", [["export", "sqlite", "-"], ["export", "folder", "-"], ["new", "-"], ["demo", "--into", "-"]], ids=" ".join
)  # fmt: skip
def test_databases_folders_and_studies_are_refused_on_stdout(
    run, study: Path, arguments: list[str], tmp_path: Path
) -> None:
    refused = run("-p", study, *arguments)
    assert (refused.status, refused.out) == (2, "")
    assert "stdout" in refused.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "line",
    [
        "export codings c.docx", "export codings c", "export codings c.xlsx --format csv", "export report r.docx",
        "export qdpx s.qdc", "export qdpx s.zip", "export qdc s.qdpx", "export taguette-csv h.xlsx", "export sqlite f.csv",
        "export sqlite f.sibtui", "export folder study.qdpx", "matrix export m -o m.csv", "matrix show m -o m.pdf",
        "matrix show m -o m.docx --format csv", "matrix evidence m -o e.xlsx", "report cases -o r.toml",
        "report cases -o r.csv --format md", "code export c.json", "code export c.csv --format toml",
    ],
)  # fmt: skip
def test_a_wrong_file_extension_is_refused_by_every_export(run, study: Path, line: str, tmp_path: Path) -> None:
    refused = run("-p", study, *line.split())
    assert (refused.status, refused.out) == (2, ""), refused.err
    assert list(tmp_path.iterdir()) == []


def test_a_given_format_needs_no_extension(run, study: Path) -> None:
    for name in ("codings", "codings.txt"):
        assert run("-p", study, "export", "codings", name, "--format", "csv").status == 0
        assert Path(name).read_text(encoding="utf-8").startswith("source,")
    assert run("-p", study, "matrix", "show", "m", "-o", "x", "--format", "json").status == 0
    assert json.loads(Path("x").read_text(encoding="utf-8"))["title"] == WORDS
