"""Every command shows an example in its help, and the examples work on the sample study."""

from __future__ import annotations

import inspect
import shlex
import shutil
from pathlib import Path

import click
import pytest

from sibtui.cli.root import cli

SAMPLE_NOTES = Path(__file__).parent.parent.parent / "sample_notes"

EXPECTED = {"sibtui check": 1, "sibtui open study.sibtui": 1, "sibtui study.sibtui": 1}
"""The sample has codings that wait for their case, and `check` says so; the screen needs a terminal, which tests have not."""


def walk(command: click.Command, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], click.Command]]:
    """All commands below this one, and itself, by their words."""
    found = [(path, command)]
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found += walk(command.get_command(context, name), (*path, name))
    return found


COMMANDS = [(" ".join(path), command) for path, command in walk(cli)]


def examples(command: click.Command) -> list[str]:
    _, _, block = inspect.cleandoc(command.help or "").partition("\b\nExample:\n")
    return [line.strip() for line in block.splitlines() if line.strip().startswith("sibtui ")]


@pytest.fixture
def files(sample: Path, run) -> None:
    """The files that examples name."""
    Path("notes").mkdir()
    Path("notes/e1.md").write_text("---\ncases: [SIB E]\n---\n\nWhat was said.\n", encoding="utf-8")
    Path("letter.txt").write_bytes("Café and naïveté.".encode("cp1252"))
    Path("corrected.md").write_text(run("source", "show", "a1", "--text").out + "\nAdded since.\n", encoding="utf-8")
    for name in ("mood.txt", "doubt.txt"):
        Path(name).write_text("Tired, but open.\n", encoding="utf-8")
    Path("codebook.csv").write_text("path,definition\nNew things/Peer roles,People help.\n", encoding="utf-8")
    Path("new-codings.csv").write_text("source,code,quote\nb1,Community assets,mosque kitchen\n", encoding="utf-8")
    Path("survey.csv").write_text("id,age,answer\np1,31,They asked me first.\n", encoding="utf-8")
    Path("transcript.vtt").write_text(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna>Better.\n\n00:03.000 --> 00:04.000\n<v Ben>Worse.\n"
    )
    shutil.copy(sample, "other.sibtui")
    run("-p", sample, "export", "qdpx", "theirs.qdpx")
    run("-p", sample, "export", "qdc", "theirs.qdc")
    Path("their-highlights.csv").write_text(
        "document,tag,content\nb1,Community assets,mosque kitchen\n", encoding="utf-8"
    )
    spoken = "Anna: They asked.\nBen: Nobody did.\nAnna: They did.\nBen: No.\n"
    run("-p", sample, "source", "add", "-", "--name", "group-1", "--case", "SIB A", "--case", "SIB B", stdin=spoken)
    # `code split` needs codings of its code, by number; `redo` something that was undone
    run("-p", sample, "coding", "set", 12, 17, "--code", "Community assets")
    run("-p", sample, "case", "add", "SIB F")
    run("-p", sample, "undo")


@pytest.mark.parametrize("command", [c for _, c in COMMANDS], ids=[name or "sibtui" for name, _ in COMMANDS])
def test_a_commands_help_has_an_example(command: click.Command) -> None:
    assert examples(command)


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    "command",
    [c for name, c in COMMANDS if name],
    ids=[name for name, _ in COMMANDS if name],
)
def test_the_examples_of_a_command_work(run, sample: Path, command: click.Command, monkeypatch) -> None:
    monkeypatch.setenv("SIBTUI_PROJECT", str(sample))
    if command.name == "new":  # `export folder` makes the same folder
        shutil.copytree(SAMPLE_NOTES, "study-as-text")
    for line in examples(command):
        piped = b""
        for part in line.split(" | "):
            words = shlex.split(part)
            if "<" in words:
                piped = Path(words[words.index("<") + 1]).read_bytes()
                words = words[: words.index("<")]
            if ">" in words:
                words = words[: words.index(">")]
            done = run(*words[1:], stdin=piped)
            assert done.status == EXPECTED.get(line, 0), f"{line}: {done.err}"
            piped = done.out.encode()
