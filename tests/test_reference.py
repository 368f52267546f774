"""The reference pages and the man page agree with the code."""

from __future__ import annotations

import re
import runpy
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
REFERENCE = runpy.run_path(str(ROOT / "docs" / "make_reference.py"))


@pytest.mark.parametrize("name", REFERENCE["PAGES"])
def test_reference_is_current(name: str) -> None:
    current = (ROOT / "docs" / name).read_text(encoding="utf-8") == REFERENCE["PAGES"][name]()
    assert current, f"docs/{name} is older than the code. Run: {REFERENCE['COMMAND']}"


def test_every_noun_of_a_project_is_in_the_reference() -> None:
    from functools import cached_property

    from sibtui import Project

    nouns = {name for name, value in vars(Project).items() if isinstance(value, cached_property)}
    assert nouns <= set(REFERENCE["NOUNS"])


def test_the_python_page_explains_every_name_in_its_signatures() -> None:
    """Each capitalised word of a signature is exported by `sibtui`, an alias on the page, or a name of the standard library."""
    import builtins
    import typing
    from collections import abc

    import sibtui

    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    signatures = re.findall(r"^```text\n(\S+\(.*?)^```", page, re.MULTILINE | re.DOTALL)
    blocks = re.findall(r"^```text\n(\w+: .*?)^```", page, re.MULTILINE | re.DOTALL)
    fields = re.findall(r"^\w+: .+$", "".join(blocks), re.MULTILINE)
    words = set(re.findall(r"[A-Z]\w*[a-z]\w*", re.sub(r"'[^']*'", "", " ".join([*signatures, *fields]))))
    aliases = set(re.findall(r"^\| `(\w+)` \| `", page, re.MULTILINE))
    standard = {*dir(typing), *dir(abc), *dir(builtins), "Path", "TracebackType", "AbstractContextManager"}
    assert {"Names", "Kind", "AnyPath", "State", "Progress"} <= aliases
    assert words - aliases - set(sibtui.__all__) - standard == set()


def test_the_man_page_is_built_into_the_wheel() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        wheel = tomllib.load(file)["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["shared-data"] == {"docs/sibtui.1": "share/man/man1/sibtui.1"}


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_groff_formats_the_man_page_without_a_warning() -> None:
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", "-z", str(ROOT / "docs" / "sibtui.1")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert not done.stderr
