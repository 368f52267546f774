"""The examples in the help texts. Every command has an example, and the examples work on the sample study."""

from __future__ import annotations

import inspect
import shlex
import shutil
from pathlib import Path

import click
import docx
import pytest
from openpyxl import Workbook

from sibtui.cli.root import cli
from tests.optional import lacks_package

SAMPLE_NOTES = Path(__file__).parent.parent.parent / "sample_notes"

EXPECTED = {
    "sibtui check": 1,
    "sibtui claim check": 1,
    "sibtui claim check --states present,contested --format csv": 1,
    "sibtui check --similar": 1,
    'sibtui check --confidential --attribute "organisation type" --at-least 3': 1,
    "sibtui export package for-reviewers": 1,
    "sibtui open study.sibtui": 1,
    "sibtui study.sibtui": 1,
}
"""The examples that fail in these tests.

`check` finds codings without a case and traits that few people share, and so does the export of a package. `claim check` finds claims
that the tables contradict. The screen needs a terminal.
"""


def walk(command: click.Command, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], click.Command]]:
    """Return this command and all commands below it, with the words that call them."""
    commands = [(path, command)]
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            commands += walk(command.get_command(context, name), (*path, name))
    return commands


COMMANDS = [(" ".join(path), command) for path, command in walk(cli)]


def examples(command: click.Command) -> list[str]:
    _, _, block = inspect.cleandoc(command.help or "").partition("\b\nExample:\n")
    return [line.strip() for line in block.splitlines() if line.strip().startswith("sibtui ")]


@pytest.fixture
def files(sample: Path, run, made_once: Path) -> None:
    """Write the files named in the examples to the current folder. The first test makes them, other tests copy them."""
    if made_once.exists():
        shutil.copytree(made_once, ".", dirs_exist_ok=True)
    else:
        make_files(sample, run)
        shutil.copytree(".", made_once)


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("examples") / "files"


def make_files(sample: Path, run) -> None:
    Path("paper.md").write_text('The card has {{ count "Rate card" in "SIB A" }} quotes.\n', encoding="utf-8")
    Path("draft.md").write_text("“We open doors and then we get out of the doorway.”\n", encoding="utf-8")
    document = docx.Document()
    document.add_paragraph("“We open doors and then we get out of the doorway.”")
    document.save("draft.docx")
    Path("claims.toml").write_text(
        "[[claim]]\nid = 'C51'\ntext = 'Six.'\ncodebook = 'themes'\nsays = '6'\n", encoding="utf-8"
    )
    run("export", "package", "from-the-authors", "--despite-findings")
    Path("notes").mkdir()
    Path("notes/e1.md").write_text("---\ncases: [SIB E]\n---\n\nWhat was said.\n", encoding="utf-8")
    Path("letter.txt").write_bytes("Café and naïveté.".encode("cp1252"))
    Path("talk.txt").write_text("<Ann> It went well.\n<Bo> It did.\n", encoding="utf-8")
    Path("corrected.md").write_text(run("source", "show", "a1", "--text").out + "\nAdded since.\n", encoding="utf-8")
    for name in ("mood.txt", "doubt.txt"):
        Path(name).write_text("Tired, but open.\n", encoding="utf-8")
    Path("codebook.csv").write_text("path,definition\nNew things/Peer roles,People help.\n", encoding="utf-8")
    Path("new-codings.csv").write_text("source,code,quote\nb1,Community assets,mosque kitchen\n", encoding="utf-8")
    book = Workbook()
    for row in (("participant", "theme", "quote"), ("b1", "Community assets; Budgets", "mosque kitchen")):
        book.worksheets[0].append(row)
    book.save("coded.xlsx")
    Path("grid.csv").write_text("source,quote,Community assets,Peer roles\nb1,mosque kitchen,x,\n", encoding="utf-8")
    Path("survey.csv").write_text("id,age,answer\np1,31,They asked me first.\n", encoding="utf-8")
    document = docx.Document()
    document.add_comment(document.add_paragraph("They asked.").runs, text="Code: Trust", author="R1")
    document.save("coded-in-word.docx")
    Path("transcript.vtt").write_text(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna>Better.\n\n00:03.000 --> 00:04.000\n<v Ben>Worse.\n"
    )
    shutil.copy(sample, "other.sibtui")
    shutil.copy(sample, "mine.sibtui")
    shutil.copy(sample, "backup-of-monday.sibtui")
    run("-p", sample, "export", "qdpx", "theirs.qdpx")
    run("-p", sample, "export", "qdc", "theirs.qdc")
    Path("their-highlights.csv").write_text(
        "document,tag,content\nb1,Community assets,mosque kitchen\n", encoding="utf-8"
    )
    spoken = "Anna: They asked.\nBen: Nobody did.\nAnna: They did.\nBen: No.\n"
    run("-p", sample, "source", "add", "-", "--name", "group-1", "--case", "SIB A", "--case", "SIB B", stdin=spoken)
    run("-p", sample, "pseudonym", "add", "Leeds", "the city")
    # `code split` needs codings of its code by number; `redo` needs an undone act
    run("-p", sample, "coding", "set", 12, 17, "--code", "Community assets")
    run("-p", sample, "case", "add", "SIB F")
    run("-p", sample, "undo")


@pytest.mark.parametrize("command", [c for _, c in COMMANDS], ids=[name or "sibtui" for name, _ in COMMANDS])
def test_the_help_of_each_command_has_an_example(command: click.Command) -> None:
    assert examples(command)


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    "command",
    [c for name, c in COMMANDS if name],
    ids=[name for name, _ in COMMANDS if name],
)
def test_the_examples_in_help_texts_work(run, sample: Path, command: click.Command, monkeypatch) -> None:
    monkeypatch.setenv("SIBTUI_PROJECT", str(sample))
    if command.name == "new":  # `export folder` makes the same folder
        shutil.copytree(SAMPLE_NOTES, "study-as-text")
    for line in examples(command):
        if lacks_package(line):
            continue
        piped = b""
        for part in line.split(" | "):
            words = shlex.split(part)
            if "<" in words:
                piped = Path(words[words.index("<") + 1]).read_bytes()
                words = words[: words.index("<")]
            if ">" in words:
                words = words[: words.index(">")]
            result = run(*words[1:], stdin=piped)
            assert result.status == EXPECTED.get(line, 0), f"{line}: {result.err}"
            piped = result.out.encode()
