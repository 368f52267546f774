"""2,000 mutated files for all readers: each is read or refused with a sentence, within a limit of time and memory."""

from __future__ import annotations

import io
import os
import random
import resource
import shutil
import signal
import zipfile
from typing import TYPE_CHECKING

import pytest

from sibtui import Project
from sibtui.errors import InputError
from sibtui.formats.registry import read_source
from tests.formats.test_reading_sources import FILES

from .commands import in_child, make_scene, run_command

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .figures import Figures

pytestmark = pytest.mark.slow
SECONDS = 5
MEMORY = 1 << 30
"""Bytes that a reader may add to what the tests take up."""
OF_EACH_SOURCE = 70
OF_EACH_IMPORT = 140
IMPORTS = {
    "codings.csv": "coding import --dry-run codings.csv",
    "codings.xlsx": "coding import --dry-run codings.xlsx",
    "codebook.toml": "code import codebook.toml",
    "codebook.csv": "code import codebook.csv",
    "codebook.qdc": "code import codebook.qdc",
    "project.qdpx": "new again.sibtui --from project.qdpx --force",
    "text": "new again.sibtui --from text --force",
}
"""File, or folder of which one file is mutated, and the command that reads it."""
assert OF_EACH_SOURCE * len(FILES) + OF_EACH_IMPORT * len(IMPORTS) >= 2000


def mutated(data: bytes, luck: random.Random) -> bytes:
    """Return the bytes with a few changes. Members of an archive are changed inside of it, so that the reader gets to them."""
    if data.startswith(b"PK") and luck.random() < 0.8:
        return _with_mutated_member(data, luck)
    changed = bytearray(data)
    for _ in range(luck.choice((1, 1, 2, 5, 20))):
        at = luck.randrange(len(changed) + 1)
        match luck.randrange(6):
            case 0:
                changed[at : at + 1] = bytes([luck.randrange(256)])
            case 1:
                del changed[at : at + luck.choice((1, 10, 100, 1000))]
            case 2:
                changed[at:at] = changed[at : at + luck.choice((1, 10, 100))] * luck.choice((1, 2, 500))
            case 3:
                changed[at:at] = luck.choice(
                    (b"\0", b"\xff\xfe", b"<", b'"', b"{", b"\r\r", b"&#0;", b"9" * 400, "𝄞\u202e".encode())
                )
            case 4:
                other = luck.randrange(len(changed) + 1)
                changed[at:at] = changed[other : other + 50]
            case _:
                changed[at:at] = luck.choice((b"(", b"[[", b"<v ", b" ", b"\\'", b"-->")) * luck.choice((3, 3000))
    return bytes(changed)


def _with_mutated_member(data: bytes, luck: random.Random) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        chosen = luck.choice(old.namelist())
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, mutated(content, luck) if name == chosen else content)
    return made.getvalue()


def limited() -> None:
    """Limit this process, from now on, to some more memory than it has."""
    with open("/proc/self/statm", encoding="ascii") as sizes:  # noqa: PTH123 - no file of a user
        pages = int(sizes.read().split()[0])
    resource.setrlimit(resource.RLIMIT_AS, (pages * os.sysconf("SC_PAGE_SIZE") + MEMORY,) * 2)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)


@pytest.mark.parametrize("suffix", FILES)
def test_a_mutated_file_is_read_or_refused(tmp_path: Path, suffix: str, figures: Figures) -> None:
    def read_all(report: Callable[[int], None]) -> int:
        limited()
        for number in range(OF_EACH_SOURCE):
            data = mutated(FILES[suffix], random.Random(f"{suffix}{number}"))
            signal.alarm(SECONDS)
            report(number + 1)
            try:
                for draft in read_source(f"a{suffix}", data):
                    draft.text.encode()
            except InputError as error:
                if not str(error).endswith("."):
                    print(f"no sentence: {error}", file=__import__("sys").stderr)
                    return 1
        return 0

    ended = in_child(tmp_path, read_all)
    assert ended.status == 0, (ended.steps, ended.message)
    figures.add("mutated inputs", ended.steps)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_scene(tmp_path_factory.mktemp("inputs") / "scene").folder
    with Project.open(folder / "study.sibtui") as study:
        (folder / "codings.xlsx").write_bytes(study.exports.codings_xlsx())
        study.exports.qdpx(folder / "project.qdpx")
        study.exports.qdc(folder / "codebook.qdc")
    (folder / "codebook.csv").write_text('path,definition\n"Money/New","What it costs, and for whom"\nPeople/Old,\n')
    return folder


@pytest.mark.parametrize("name", IMPORTS)
def test_a_mutated_import_is_read_or_refused(scene: Path, tmp_path: Path, name: str, figures: Figures) -> None:
    folder = shutil.copytree(scene, tmp_path / "scene")
    study = (folder / "study.sibtui").read_bytes()

    def read_all(report: Callable[[int], None]) -> int:
        limited()
        for number in range(OF_EACH_IMPORT):
            luck = random.Random(f"{name}{number}")
            whole = scene / name
            if whole.is_dir():
                whole = luck.choice(sorted(path for path in whole.rglob("*") if path.is_file()))
            file = folder / whole.relative_to(scene)
            file.write_bytes(mutated(whole.read_bytes(), luck))
            signal.alarm(SECONDS)
            report(number + 1)
            status = run_command(IMPORTS[name])
            if status not in (0, 1):
                return status
            signal.alarm(0)
            file.write_bytes(whole.read_bytes())
            (folder / "study.sibtui").write_bytes(study)
        return 0

    ended = in_child(folder, read_all)
    assert ended.status == 0, (ended.steps, ended.message[-2000:])
    assert "unexpected error" not in ended.message, ended.message
    assert "Traceback" not in ended.message
    figures.add("mutated inputs", ended.steps)
