"""The JSON fields on docs/json.md are the fields that the commands print."""

from __future__ import annotations

import io
import json
import re
import shlex
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import click
import pytest

from sibtui import Project, cli
from sibtui.cli.root import cli as root
from sibtui.project.importing.study_folder_reader import sample_draft

PAGE = (Path(__file__).parent.parent / "docs" / "json.md").read_text(encoding="utf-8")
START, *SECTIONS = PAGE.split("\n## ")
TYPES = {str: "text", bool: "yes/no", int: "number", float: "number", list: "list", dict: "object", type(None): "null"}
COMMAND = re.compile(r"^    \$ sibtui (.*?)(?:\s+# .*)?$", re.MULTILINE)


def documented(section: str) -> dict[str, set[str]]:
    """Return field → its types, from the table of a section."""
    rows = re.findall(r"^\| `(.+?)` \| (.+?) \|", section, re.MULTILINE)
    return {field: set(types.split(" or ")) for field, types in rows}


def printed(value: Any, fields: dict[str, set[str]], path: str = "", found: dict[str, set[str]] | None = None) -> Any:
    """Return field → the types of its values, in the notation of the page. Keys of a map are `*`."""
    found = {} if found is None else found
    if isinstance(value, list):
        for each in value:
            printed(each, fields, f"{path}[]" if path else path, found)
    elif isinstance(value, dict):
        for key, each in value.items():
            is_entry = "map" in fields.get(path, ())
            name = f"{path}.*" if is_entry else f"{path}.{key}" if path else key
            kind = "map" if isinstance(each, dict) and "map" in fields.get(name, ()) else TYPES[type(each)]
            if not is_entry:
                found.setdefault(name, set()).add(kind)
            printed(each, fields, name, found)
    return found


def run(command: str) -> str:
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        cli.run(shlex.split(command))
    out.flush()
    return out.buffer.getvalue().decode()


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("json") / "tour.sibtui"
    Project.create(file, draft=sample_draft(), coder="R9").close()
    for command in COMMAND.findall(START):
        run(f"-p {file} {command}")
    run(f"-p {file} pseudonym add Covid Ebola")
    return file


@pytest.mark.parametrize(
    "section", [each for each in SECTIONS if documented(each)], ids=lambda section: section.split("\n")[0]
)
def test_fields_of_a_command_are_those_of_the_page(section: str, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(study.parent)  # a command may write a folder
    *before, command = COMMAND.findall(section)
    for each in before:
        run(f"-p {study} {each}")
    fields = documented(section)
    found = printed(json.loads(run(f"-p {study} {command}")), fields)
    assert sorted(found) == sorted(fields), (
        "Correct the table in docs/json.md, and the changelog if a name has changed."
    )
    wrong = {field: types for field, types in found.items() if not types <= fields[field]}
    assert not wrong, "These types are not on the page."


def with_json(command: click.Command, words: tuple[str, ...] = ()) -> list[str]:
    """Return the commands that can print JSON."""
    formats = [option.type for option in command.params if "--format" in option.opts]
    found = [" ".join(words)] if any("json" in getattr(each, "choices", ()) for each in formats) else []
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            found += with_json(inner, (*words, name)) if inner else []
    return found


@pytest.mark.parametrize("command", with_json(root))
def test_every_command_that_prints_json_is_on_the_page(command: str) -> None:
    assert re.search(rf"`?{command}\b", PAGE), (
        f"Describe the fields of `sibtui {command} --format json` in docs/json.md."
    )
