"""The program in a separate process: exit status, stdout and stderr, terminals and pipes."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from sibtui.formats.refi.writer import write_qdpx
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
def test_the_exit_status_distinguishes_success_errors_and_wrong_usage(arguments: list[str], status: int) -> None:
    result = sibtui(*arguments)
    assert result.returncode == status
    assert b"Traceback" not in result.stderr
    assert bool(result.stdout) == (status == 0 or arguments == ["check"])
    assert bool(result.stderr) == (status != 0)


def test_a_misspelt_command_gets_a_suggestion() -> None:
    assert b"Did you mean matrix" in sibtui("matirx").stderr
    assert b"Did you mean show" in sibtui("matrix", "shwo").stderr
    assert b"Did you mean import" in sibtui("coding", "imprt").stderr


def test_a_study_file_in_place_of_a_command_of_a_noun_is_wrong_usage() -> None:
    assert b"No such command 'a.sibtui'" in sibtui("matrix", "a.sibtui").stderr


@pytest.mark.parametrize("at", [0, 1, 3])
def test_debug_prints_the_traceback(at: int) -> None:
    words = ["matrix", "show", "t"]
    words.insert(at, "--debug")
    result = sibtui("-p", "nowhere.sibtui", *words)
    assert result.returncode == 1
    assert b"Traceback" in result.stderr
    assert b"StudyFileError" in result.stderr


@pytest.mark.usefixtures("sample")
def test_a_closed_pipe_is_not_an_error() -> None:
    reader, writer = os.pipe()
    with subprocess.Popen([*PROGRAM, "export", "codings", "-"], stdout=writer, stderr=subprocess.PIPE) as running:
        os.close(writer)
        os.close(reader)
        _, errors = running.communicate(timeout=120)
    assert (running.returncode, errors) == (0, b"")


@pytest.mark.usefixtures("sample")
def test_reading_only_the_head_of_a_long_list_prints_no_error() -> None:
    line = f"'{sys.executable}' -m sibtui coding list --format csv | head -n 1; echo ${{PIPESTATUS[0]}}"
    result = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=True)
    header, status = result.stdout.splitlines()
    assert header.startswith("source,start,end,quote,code,coder,stance,certainty,cases,memo,created,round")
    assert status == "0"
    assert result.stderr == ""


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp437"])
def test_a_terminal_without_utf_8_gets_the_table_in_ascii(encoding: str) -> None:
    result = sibtui("matrix", "show", "table-1", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert (result.returncode, result.stderr) == (0, b"")
    shown = result.stdout.decode(encoding)
    assert "-----" in shown
    assert "X [2]" in shown


@pytest.mark.slow
@pytest.mark.usefixtures("sample")
def test_commands_work_without_a_locale() -> None:
    bare = {"LC_ALL": "C", "LANG": "", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for arguments in (["matrix", "evidence", "table-3"], ["matrix", "show"], ["report", "codebook"], ["study", "show"]):
        result = sibtui(*arguments, **bare)
        assert (result.returncode, result.stderr) == (0, b""), arguments
        assert result.stdout
    refused = sibtui("matrix", "show", "tabel-1", **bare)
    assert refused.returncode == 1
    assert b"table-1" in refused.stderr


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["matrix", "show", b"\xff"], "No matrix is named “�”: there are"),
        (["matrix", "define", "--name", b"\xff", "--code", "Rate card"], "“matrix �” holds half a character"),
        (["study", "set", "--name", b"\xff\xfe"], "“��” holds half a character"),
        (["export", "codings", "-", "--text", b"caf\xe9"], "“caf�” holds half a character"),
        (
            [
                "matrix",
                "judge",
                "table-1",
                "Integration with community assets",
                "SIB A",
                "absent",
                "--because",
                b"\xe9",
            ],
            "“�” holds half a character",
        ),
    ],
)
def test_arguments_that_are_not_utf_8_are_refused_by_name(arguments: list[str | bytes], problem: str) -> None:
    result = sibtui(*arguments, PYTHONUTF8="1")
    assert (result.returncode, result.stdout) == (1, b"")
    assert result.stderr.decode().startswith(f"sibtui: {problem}")


@pytest.mark.slow
def test_no_command_asks_for_confirmation(tmp_path: Path) -> None:
    """A change is made at once, and stdin is ignored. Only an existing file is refused."""
    assert sibtui("new", "study.sibtui").returncode == 0
    assert sibtui("new", "study.sibtui", stdin=b"y\n").returncode == 1
    assert sibtui("code", "add", "Trust").returncode == 0
    removed = sibtui("code", "remove", "Trust", stdin=b"n\n")
    assert removed.returncode == 0
    assert b"undo" in removed.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["study.sibtui"]


@pytest.mark.usefixtures("sample")
def test_control_characters_reach_files_but_not_terminals() -> None:
    """The text of a source goes to a file unchanged, and to a terminal with inert control characters."""
    assert sibtui("source", "add", "-", "--name", "x1", stdin=b"\x1b]0;owned\x07 said\n").returncode == 0
    assert b"\x1b]0;owned\x07" in sibtui("source", "show", "x1", "--text").stdout
    shown = on_a_terminal("source", "show", "x1", "--text")
    assert "␛]0;owned␇ said".encode() in shown
    assert b"\x1b]0" not in shown


@pytest.mark.usefixtures("sample")
def test_a_table_is_wrapped_to_the_width_of_the_terminal() -> None:
    shown = on_a_terminal("matrix", "show", "table-1", COLUMNS="50").decode()
    assert max(map(len, shown.splitlines())) <= 50
    piped = sibtui("matrix", "show", "table-1", COLUMNS="50").stdout.decode()
    assert max(map(len, piped.splitlines())) > 50


def on_a_terminal(*arguments: str, **environment: str) -> bytes:
    """Return the output of the program when its stdout is a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*PROGRAM, *arguments], stdin=subprocess.DEVNULL, stdout=theirs, env=os.environ | environment
    ) as running:
        os.close(theirs)
        shown = b""
        try:
            while chunk := os.read(ours, 65536):
                shown += chunk
        except OSError:  # Linux raises it when the other end is closed
            pass
        os.close(ours)
    assert running.returncode == 0
    return shown.replace(b"\r\n", b"\n")


@pytest.mark.usefixtures("sample")
def test_showing_a_table_imports_no_heavy_modules() -> None:
    """The command must start fast. No file reader, no other renderer and no module of the screen is imported."""
    script = (
        "import sys; from sibtui.cli import run; status = run(['matrix', 'show', 'table-1']); "
        "print(*sys.modules, sep='\\n', file=sys.stderr); sys.exit(status)"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(result.stderr.split())
    assert {"sibtui.cli.matrix_show", "sibtui.formats.documents.renderers.text"} <= loaded
    for heavy in (
        "textual", "rich", "sqlite_utils", "rapidfuzz", "yaml", "tomli_w", "tomllib", "charset_normalizer", "csv",
        "html", "tempfile", "sibtui.cli.matrix_evidence", "sibtui.formats.documents.renderers.html", "sibtui.formats.study_folder.folder",
    ):  # fmt: skip
        assert heavy not in loaded


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize(
    "command",
    [["matrix", "show", "table-1"], ["coding", "add", "a1", "Trust before", "--span", "1200:1210"]],
    ids=["table", "coding"],
)
def test_a_command_imports_no_slow_modules_of_python(command: list[str]) -> None:
    """Each of these modules would delay the start by half a millisecond to 3 ms."""

    def loaded_by(work: str) -> set[str]:
        script = f"import sys; {work}; print(*sys.modules, sep='\\n', file=sys.stderr)"
        return set(
            subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stderr.split()
        )

    loaded = loaded_by(f"from sibtui.__main__ import main; from sibtui.cli import run; assert run({command}) == 0")
    assert "sibtui.store.connection" in loaded
    assert not {"pathlib", "dataclasses", "getpass", "signal"} & (loaded - loaded_by("import click, sqlite3"))


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize(
    ("line", "status", "message"),
    [
        ("source list >/dev/full", 1, "No space left on device"),
        ("--help >/dev/full", 1, "No space left on device"),
        ("--version >/dev/full", 1, "No space left on device"),
        ("source list >&-", 0, ""),
        ("coding import - <&-", 1, "There is no standard input"),
        ("code add Novelty 2>/dev/full", 0, ""),
        ("code add Novelty 2>&-", 0, ""),
        ("new ''", 2, "The study needs a file name"),
        ("-p . source list", 1, "is a folder"),
        ("history show 99999999999999999999", 1, "a number is too large"),
    ],
)
def test_failing_streams_and_unusual_arguments_are_reported_in_a_message(line: str, status: int, message: str) -> None:
    result = subprocess.run(
        ["bash", "-c", f"'{sys.executable}' -m sibtui {line}"], capture_output=True, text=True, check=False
    )
    assert result.returncode == status, result.stderr
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert "unexpected error" not in result.stderr


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project file whose import takes some seconds."""
    codes = tuple(CodeDraft(f"C{number}") for number in range(9000))
    path = tmp_path_factory.mktemp("packed") / "long.qdpx"
    path.write_bytes(write_qdpx(StudyDraft(Study("Long", "", "", "2026-01-01T00:00:00Z", 1), codes=codes)))
    return path


@pytest.mark.parametrize(
    "number",
    [signal.SIGINT, *(pytest.param(number, marks=pytest.mark.slow) for number in (signal.SIGTERM, signal.SIGHUP))],
)
@pytest.mark.parametrize(
    "existing", [pytest.param(False, marks=pytest.mark.slow), True], ids=["new", "in the place of another"]
)
def test_an_interrupted_import_leaves_the_folder_unchanged(
    tmp_path: Path, packed: Path, number: signal.Signals, existing: bool
) -> None:
    study = tmp_path / "study.sibtui"
    if existing:
        assert sibtui("new", study).returncode == 0
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    parent, child = pty.openpty()
    # a child process inherits ignored signals: SIGINT from a shell's background job, SIGHUP from nohup
    previous_handler = signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    running = subprocess.Popen(
        [*PROGRAM, "new", study, "--from", packed, "--force"], stdin=child, stdout=child, stderr=child,
        start_new_session=True,
    )  # fmt: skip
    signal.signal(number, previous_handler)
    os.close(child)
    output = b""
    while b"loading codes" not in output:
        output += os.read(parent, 1000)
    running.send_signal(number)
    assert running.wait(120) == 128 + number
    os.close(parent)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_before_the_command_line_is_imported_gives_the_same_exit_status(
    tmp_path: Path, number: signal.Signals
) -> None:
    (tmp_path / "click.py").write_text(f"import os\nos.kill(os.getpid(), {int(number)})\n")
    code = f"""
import signal, sys
signal.signal({int(number)}, signal.default_int_handler if {int(number)} == signal.SIGINT else signal.SIG_DFL)
sys.path.insert(0, sys.argv[1])
from sibtui.__main__ import main
main()
"""
    result = subprocess.run(
        [sys.executable, "-c", code, tmp_path], capture_output=True, text=True, timeout=120, check=False
    )
    assert (result.returncode, result.stderr) == (128 + number, "sibtui: interrupted\n")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_a_module_is_imported_gives_the_same_exit_status(tmp_path: Path, number: signal.Signals) -> None:
    """Python makes the methods of a dataclass with `exec`, and ends differently if a KeyboardInterrupt passes it."""
    (tmp_path / "interrupted.py").write_text(
        """
import os, signal, sys
from sibtui import __main__
from sibtui.cli import root

NUMBER = int(sys.argv[1])

def main(*_, **__):
    exec("os.kill(os.getpid(), NUMBER)")

root.cli.main = main
# this process may have inherited ignored signals
signal.signal(NUMBER, signal.default_int_handler if NUMBER == signal.SIGINT else signal.SIG_DFL)
__main__.main()
"""
    )
    running = subprocess.run(
        [sys.executable, "-m", "interrupted", str(int(number))],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (running.returncode, running.stderr.partition(":")[0]) == (128 + number, "sibtui")
