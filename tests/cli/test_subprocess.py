"""The program as it is run: exit status, what goes where, terminals and pipes of every sort."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from sibtui.formats.refi_write import write_qdpx
from sibtui.model.drafts import CodeDraft, StudyDraft
from sibtui.model.records import Study

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = [sys.executable, "-m", "sibtui"]


def sibtui(
    *arguments: str | bytes | Path, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*PROGRAM, *arguments], input=stdin, env=os.environ | environment, capture_output=True, check=False
    )


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--version"], 0),
        (["matrix", "show", "table-1"], 0),
        (["matrix", "show", "tabel-1"], 1),
        (["check"], 1),
        (["-p", "nowhere.sibtui", "study", "show"], 1),
        (["matrix", "shwo"], 2),
        (["matirx"], 2),
        (["matrix", "show", "--nonsense"], 2),
        (["matrix", "judge"], 2),
    ],
)
def test_the_exit_status_tells_done_wrong_and_misused_apart(arguments: list[str], status: int) -> None:
    done = sibtui(*arguments)
    assert done.returncode == status
    assert b"Traceback" not in done.stderr
    assert bool(done.stdout) == (status == 0 or arguments == ["check"])
    assert bool(done.stderr) == (status != 0)


def test_a_misspelt_command_is_answered_with_the_nearest() -> None:
    assert b"Did you mean matrix" in sibtui("matirx").stderr
    assert b"Did you mean show" in sibtui("matrix", "shwo").stderr


@pytest.mark.parametrize("at", [0, 1, 3])
def test_debug_shows_where_an_error_was_raised(at: int) -> None:
    words = ["matrix", "show", "t"]
    words.insert(at, "--debug")
    done = sibtui("-p", "nowhere.sibtui", *words)
    assert done.returncode == 1
    assert b"Traceback" in done.stderr
    assert b"StudyFileError" in done.stderr


@pytest.mark.usefixtures("sample")
def test_a_reader_that_has_read_enough_is_no_error() -> None:
    reader, writer = os.pipe()
    with subprocess.Popen([*PROGRAM, "export", "codings", "-"], stdout=writer, stderr=subprocess.PIPE) as running:
        os.close(writer)
        os.close(reader)
        _, told = running.communicate(timeout=60)
    assert (running.returncode, told) == (0, b"")


@pytest.mark.usefixtures("sample")
def test_the_head_of_a_long_list_is_quick_and_quiet() -> None:
    line = f"'{sys.executable}' -m sibtui coding list --format csv | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=True)
    assert done.stdout == "source,start,end,quote,code,coder,stance,certainty,cases,memo,created\n0\n"
    assert done.stderr == ""


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp437"])
def test_a_terminal_that_is_not_utf_8_gets_the_table_in_ascii(encoding: str) -> None:
    done = sibtui("matrix", "show", "table-1", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")
    shown = done.stdout.decode(encoding)
    assert "-----" in shown
    assert "X [2]" in shown


@pytest.mark.usefixtures("sample")
def test_without_a_locale_nothing_breaks() -> None:
    bare = {"LC_ALL": "C", "LANG": "", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for arguments in (["matrix", "evidence", "table-3"], ["matrix", "show"], ["report", "codebook"], ["study", "show"]):
        done = sibtui(*arguments, **bare)
        assert (done.returncode, done.stderr) == (0, b""), arguments
        assert done.stdout
    refused = sibtui("matrix", "show", "tabel-1", **bare)
    assert refused.returncode == 1
    assert b"table-1" in refused.stderr


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize(
    "arguments",
    [
        ["matrix", "show", b"\xff"],
        ["matrix", "define", "--name", b"\xff", "--code", "Rate card"],
        ["study", "set", "--name", b"\xff\xfe"],
        ["export", "codings", "-", "--text", b"caf\xe9"],
        ["matrix", "judge", "table-1", "Integration with community assets", "SIB A", "absent", "--because", b"\xe9"],
    ],
)
def test_bytes_that_are_no_text_are_refused_in_one_sentence(arguments: list[str | bytes]) -> None:
    done = sibtui(*arguments, PYTHONUTF8="1")
    assert done.returncode in {1, 2}
    assert b"Traceback" not in done.stderr
    assert b"should not happen" not in done.stderr


def test_nothing_is_asked(tmp_path: Path) -> None:
    """Every change is made at once, whatever stdin holds; only a file in the way is refused."""
    assert sibtui("new", "study.sibtui").returncode == 0
    assert sibtui("new", "study.sibtui", stdin=b"y\n").returncode == 1
    assert sibtui("code", "add", "Trust").returncode == 0
    removed = sibtui("code", "remove", "Trust", stdin=b"n\n")
    assert removed.returncode == 0
    assert b"undo" in removed.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["study.sibtui"]


@pytest.mark.usefixtures("sample")
def test_a_terminal_never_gets_what_it_would_obey() -> None:
    """The text of a source is data: to a file as it is, to a terminal inert."""
    assert sibtui("source", "add", "-", "--name", "x1", stdin=b"\x1b]0;owned\x07 said\n").returncode == 0
    assert b"\x1b]0;owned\x07" in sibtui("source", "show", "x1", "--text").stdout
    shown = on_a_terminal("source", "show", "x1", "--text")
    assert "␛]0;owned␇ said".encode() in shown
    assert b"\x1b]0" not in shown


@pytest.mark.usefixtures("sample")
def test_a_table_is_folded_to_the_width_of_the_terminal() -> None:
    shown = on_a_terminal("matrix", "show", "table-1", COLUMNS="50").decode()
    assert max(map(len, shown.splitlines())) <= 50
    piped = sibtui("matrix", "show", "table-1", COLUMNS="50").stdout.decode()
    assert max(map(len, piped.splitlines())) > 50


def on_a_terminal(*arguments: str, **environment: str) -> bytes:
    """What the program writes when its stdout is a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*PROGRAM, *arguments], stdin=subprocess.DEVNULL, stdout=theirs, env=os.environ | environment
    ) as running:
        os.close(theirs)
        shown = b""
        try:
            while chunk := os.read(ours, 65536):
                shown += chunk
        except OSError:  # how Linux says that the other side has gone
            pass
        os.close(ours)
    assert running.returncode == 0
    return shown.replace(b"\r\n", b"\n")


@pytest.mark.usefixtures("sample")
def test_a_table_is_shown_without_what_it_does_not_need() -> None:
    """Its start is budgeted: no reader of files, no renderer but its own, nothing of the screen."""
    script = (
        "import sys; from sibtui.cli import run; status = run(['matrix', 'show', 'table-1']); "
        "print(*sys.modules, sep='\\n', file=sys.stderr); sys.exit(status)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())
    assert {"sibtui.cli.matrix_show", "sibtui.formats.matrix_text"} <= loaded
    for heavy in (
        "textual", "rich", "sqlite_utils", "rapidfuzz", "yaml", "tomli_w", "tomllib", "charset_normalizer", "csv",
        "html", "tempfile", "sibtui.cli.matrix_evidence", "sibtui.formats.matrix_html", "sibtui.formats.study_folder",
    ):  # fmt: skip
        assert heavy not in loaded


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize(
    ("line", "status", "told"),
    [
        ("source list >/dev/full", 1, "No space left on device"),
        ("--help >/dev/full", 1, "No space left on device"),
        ("--version >/dev/full", 1, "No space left on device"),
        ("source list >&-", 0, ""),
        ("coding import - <&-", 1, "There is no standard input"),
        ("code add Novelty 2>/dev/full", 0, ""),
        ("code add Novelty 2>&-", 0, ""),
        ("new ''", 2, "The study needs a name"),
        ("-p . source list", 1, "is a folder"),
        ("history show 99999999999999999999", 1, "a number is too large"),
    ],
)
def test_streams_that_fail_and_odd_arguments_are_answered_in_a_sentence(line: str, status: int, told: str) -> None:
    done = subprocess.run(
        ["bash", "-c", f"'{sys.executable}' -m sibtui {line}"], capture_output=True, text=True, check=False
    )
    assert done.returncode == status, done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert "should not happen" not in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("there", [False, True], ids=["new", "in the place of another"])
def test_an_import_that_is_ended_leaves_all_as_it_was(tmp_path: Path, number: signal.Signals, there: bool) -> None:
    study = tmp_path / "study.sibtui"
    draft = StudyDraft(
        Study("Long", "", "", "2026-01-01T00:00:00Z", 1), codes=tuple(CodeDraft(f"C{n}") for n in range(9000))
    )
    packed = tmp_path / "long.qdpx"
    packed.write_bytes(write_qdpx(draft))
    if there:
        assert sibtui("new", study).returncode == 0
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    parent, child = pty.openpty()
    # the program ignores ctrl+c where these tests were started with it ignored, in a shell's background say
    heeded = signal.signal(signal.SIGINT, signal.default_int_handler)
    running = subprocess.Popen(
        [*PROGRAM, "new", study, "--from", packed, "--force"], stdin=child, stdout=child, stderr=child,
        start_new_session=True,
    )  # fmt: skip
    signal.signal(signal.SIGINT, heeded)
    os.close(child)
    said = b""
    while b"loading codes" not in said:
        said += os.read(parent, 1000)
    running.send_signal(number)
    assert running.wait(60) == 128 + number
    os.close(parent)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before
