"""`--picture FILE`: a picture beside the table, in a file of its own."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from sibtui.model.text_width import width_of
from tests.sweeps import in_part

COMMANDS = [
    ("matrix", "show", "table-1", "--cells", "count"),
    ("matrix", "show", "--rows-under", "Innovative services", "--columns", "codes"),
    ("report", "saturation"),
    ("report", "coverage", "--kind", "interview"),
    ("report", "codebook"),
    ("report", "cooccurrence"),
    ("report", "cooccurrence", "--matrix"),
]


@pytest.fixture
def drawing() -> None:
    pytest.importorskip("matplotlib", reason="matplotlib is an optional extra")


@pytest.mark.usefixtures("drawing", "sample")
@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: " ".join(words[:3]))
def test_the_picture_is_written_beside_the_table(run, command: tuple[str, ...]) -> None:
    plain = run(*command)
    done = run(*command, "--picture", "figure.svg")
    assert (done.status, done.out) == (0, plain.out)
    assert "wrote a picture of" in done.err
    assert Path("figure.svg").read_text(encoding="utf-8").startswith("<?xml")
    assert stat.S_IMODE(Path("figure.svg").stat().st_mode) == 0o600


@pytest.mark.slow
@pytest.mark.usefixtures("drawing", "sample")
def test_agreement_has_a_picture_on_units_and_on_segments(run) -> None:
    run("reading", "add", "b1", "--coder", "R9")
    assert run("report", "agreement", "--picture", "a.pdf").status == 0
    assert run("report", "agreement", "--unit", "free", "--picture", "b.png").status == 0
    refused = run("report", "agreement", "--unit", "cell", "--matrix", "table-1", "--picture", "c.png")
    assert (refused.status, refused.out) == (2, "")
    assert "--picture does not go with --unit cell" in refused.err


@pytest.mark.usefixtures("drawing", "sample")
def test_a_picture_is_overwritten_only_with_force(run) -> None:
    Path("figure.svg").write_text("mine")
    refused = run("report", "saturation", "--picture", "figure.svg")
    assert (refused.status, refused.out) == (1, "")
    assert "figure.svg already exists" in refused.err
    assert Path("figure.svg").read_text() == "mine"
    assert run("report", "saturation", "--picture", "figure.svg", "--force").status == 0
    assert Path("figure.svg").read_text(encoding="utf-8").startswith("<?xml")


@pytest.mark.usefixtures("drawing", "sample")
def test_the_table_goes_to_its_own_file(run) -> None:
    done = run("report", "saturation", "-o", "saturation.csv", "--picture", "saturation.png")
    assert (done.status, done.out) == (0, "")
    assert Path("saturation.csv").read_text().startswith("interview,")
    assert Path("saturation.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("file", ["figure.jpg", "figure", "figure.svg.txt"])
def test_another_extension_is_refused_before_anything_is_printed(run, file: str) -> None:
    refused = run("report", "codebook", "--picture", file)
    assert (refused.status, refused.out) == (2, "")
    assert "must end in .svg, .png or .pdf" in refused.err
    assert not Path(file).exists()


@pytest.mark.usefixtures("sample")
def test_stdout_several_matrices_and_texts_have_no_picture(run) -> None:
    assert "cannot be written to it" in run("report", "codebook", "--picture", "-").err
    assert "--picture draws one matrix: name one." in run("matrix", "show", "--picture", "a.svg").err
    refused = run("matrix", "show", "table-1", "--cells", "quotes", "--picture", "a.svg")
    assert (refused.status, refused.out) == (1, "")
    assert "texts" in refused.err


@pytest.mark.parametrize(
    "command", [("report", "codebook"), ("report", "coverage"), ("report", "cooccurrence"), ("matrix", "show", "--all-codes")]
)  # fmt: skip
def test_an_empty_study_gives_a_sentence(run, command: tuple[str, ...]) -> None:
    run("new", "empty.sibtui")
    done = run("-p", "empty.sibtui", *command, "--picture", "figure.svg")
    assert (done.status, done.out) == (1, "")
    assert done.err.count("\n") == 1
    assert not Path("figure.svg").exists()


@pytest.mark.usefixtures("drawing", "sample")
@pytest.mark.parametrize("form", in_part(["svg", "pdf", "png"]))
def test_private_names_are_not_in_a_picture(run, form: str) -> None:
    run("case", "set", "SIB A", "--private-name", "Zebedee Canary")
    run("pseudonym", "add", "Zebedee Canary", "the city")
    for number, command in enumerate(COMMANDS):
        file = Path(f"{number}.{form}")
        assert run(*command, "--picture", file).status == 0
        data = file.read_bytes()
        assert b"Canary" not in data
        assert b"Zebedee" not in data


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: " ".join(words[:3]))
def test_the_terminal_shows_a_picture_without_matplotlib(run, monkeypatch, command: tuple[str, ...]) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    done = run(*command, "--format", "picture", terminal=True)
    assert done.status == 0
    assert any(sign in done.out for sign in "█▀░")
    assert "\x1b" not in done.out
    assert max(map(width_of, done.out.splitlines())) <= 80


def test_a_terminal_without_blocks_gets_ascii(sample: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sibtui", "-p", str(sample), "report", "saturation", "--format", "picture"],
        capture_output=True, check=True, env={**os.environ, "PYTHONIOENCODING": "latin-1"},
    )  # fmt: skip
    text = done.stdout.decode("ascii")
    assert "####" in text
    assert "saturation at 6+2" in text


@pytest.mark.usefixtures("sample")
def test_all_matrices_are_drawn_one_below_the_other(run) -> None:
    done = run("matrix", "show", "--format", "picture", "--cells", "count")
    assert [f"Table {number}." in done.out for number in range(1, 5)] == [True] * 4
    run("matrix", "show", "table-1", "--format", "picture", "-o", "picture.txt")
    assert "░░" in Path("picture.txt").read_text(encoding="utf-8")


BLOCKED = "import sys; sys.modules['matplotlib'] = None; from sibtui.__main__ import main; sys.exit(main())"


def test_without_matplotlib_one_sentence_names_the_extra(sample: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED, "-p", str(sample), "report", "saturation", "--picture", "figure.svg"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "sibtui: Pictures need one more package: pip install 'sibtui[pictures]'.\n"
    assert not Path("figure.svg").exists()


@pytest.mark.usefixtures("drawing")
def test_a_wrong_setting_of_matplotlib_is_named(sample: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sibtui", "-p", str(sample), "report", "saturation", "--picture", "figure.svg"],
        capture_output=True, text=True, check=False, env={**os.environ, "MPLBACKEND": "nonsense"},
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert "MPLBACKEND" in done.stderr
    assert "unexpected" not in done.stderr


@pytest.fixture
def damaged(tmp_path: Path) -> dict[str, str]:
    """The variables of an environment in which matplotlib is installed but cannot be loaded."""
    package = tmp_path / "damaged" / "matplotlib"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise ImportError('libfreetype.so is missing')\n", encoding="utf-8")
    return {**os.environ, "PYTHONPATH": str(package.parent)}


@pytest.mark.parametrize(
    "command",
    [
        ("report", "saturation", "--picture", "figure.svg"),
        ("matrix", "show", "table-1", "--picture", "figure.svg"),
        ("export", "package", "sent", "--with-pictures"),
    ],
)
def test_a_damaged_matplotlib_is_named(sample: Path, damaged: dict[str, str], command: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sibtui", "-p", str(sample), *command],
        capture_output=True, text=True, check=False, env=damaged,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "sibtui: matplotlib cannot be loaded: libfreetype.so is missing\n"


@pytest.mark.slow
def test_a_report_is_written_without_pictures_if_matplotlib_is_damaged(sample: Path, damaged: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sibtui", "-p", str(sample), "export", "report", "report.html"],
        capture_output=True, text=True, check=True, env=damaged,
    )  # fmt: skip
    assert "the report has no pictures. matplotlib cannot be loaded: libfreetype.so is missing" in done.stderr
    assert "<svg" not in Path("report.html").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.usefixtures("drawing")
def test_settings_and_folders_of_matplotlib_are_no_matter_for_the_user(sample: Path, tmp_path: Path) -> None:
    settings = tmp_path / "matplotlibrc"
    settings.write_text("font.size: none\nnonsense: 1\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "sibtui", "-p", str(sample), "report", "saturation", "--picture", "figure.svg"],
        capture_output=True, text=True, check=True,
        env={**os.environ, "MPLCONFIGDIR": str(settings), "MATPLOTLIBRC": str(settings)},
    )  # fmt: skip
    assert done.stderr.splitlines() == [
        "sibtui: wrote a picture of “Saturation: new codes by interview” to figure.svg."
    ]


def test_tables_do_not_load_matplotlib(sample: Path) -> None:
    code = (
        "import sys; from sibtui.cli import run; run(sys.argv[1:]);"
        " print([name for name in sys.modules if name.startswith(('matplotlib', 'numpy'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "-p", str(sample), "report", "saturation"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.endswith("[]\n")
