"""The pictures in the README are of the screen as it is."""

from __future__ import annotations

import gzip
import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
SHOWN = {
    "coding": ["Sources", "SIB A, housing investor 1", "Provider autonomy", "Space"],
    "matrix": ["Table 1. Types of strengths-based working in each SIB.", "present: 4 firm quotes from 3 sources"],
    "table": ["Of these", "Assessments focus on trust-", "Wellbeing Star"],
    "quotes": ["The charity gets its money quarterly"],
    "codebook": ["Brokering and coaching", "Definition", "Not for"],
    "sources": ["18 sources", "SIB A, outreach charity", "doc-a-performance"],
    "overview": ["18 sources", "2 codings without a case"],
}


def words(svg: str) -> str:
    return re.sub(r"&#160;|\s+", " ", re.sub(r"<[^>]*>", "", svg))


def texts(svg: str) -> list[tuple[str, str, str]]:
    """Return the texts of a picture with their places, without colours."""
    return re.findall(r'<text x="(.+?)" y="(.+?)" class="\w+" textLength=".+?">(.*?)</text>', svg)


@pytest.mark.slow
def test_the_script_makes_the_pictures_that_the_readme_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIBTUI_CONFIG_DIR", str(tmp_path))
    script = runpy.run_path(str(DOCS / "make_pictures.py"))
    script["main"](tmp_path)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(SHOWN) == set(script["PICTURES"])
    for name, parts in SHOWN.items():
        for svg in ((tmp_path / f"{name}.svg"), (DOCS / f"{name}.svg")):
            picture = words(svg.read_text(encoding="utf-8"))
            assert all(part in picture for part in parts), (name, svg)
        assert f"docs/{name}.svg" in readme
    assert (tmp_path / "coding.txt").read_text(encoding="utf-8") == (DOCS / "coding.txt").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_tour_is_the_same_each_time_and_of_the_sample_study(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIBTUI_CONFIG_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    tours = []
    for name in ("first", "second"):
        folder = tmp_path / name
        folder.mkdir()
        runpy.run_path(str(DOCS / "make_tour.py"))["main"](folder)
        tours.append((folder / "tour.svg").read_text(encoding="utf-8"))
    assert tours[0] == tours[1]
    assert str(tmp_path) not in tours[0]
    kept = (DOCS / "tour.svg").read_text(encoding="utf-8")
    assert texts(kept) == texts(tours[0]), "the screen has changed: run docs/make_tour.py"
    for tour in (tours[0], kept):
        for part in ("Housing sector change", "present: 4 firm quotes", "Table 1. Types of strengths-based"):
            assert part in words(tour)


def test_the_tour_lasts_a_minute_and_is_small() -> None:
    tour = (DOCS / "tour.svg").read_bytes()
    assert len(gzip.compress(tour)) < 60_000
    assert set(re.findall(rb'dur="(.+?)s"', tour)) == {b"66.2"}
    assert "docs/tour.svg" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_figures_of_the_manual_are_of_the_sample_study(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="matplotlib is an optional extra")
    script = runpy.run_path(str(DOCS / "make_figures.py"))
    script["main"](tmp_path)
    page = (DOCS / "pictures.md").read_text(encoding="utf-8")
    for name in script["FIGURES"]:
        kept, made = ((folder / f"figure-{name}.svg").read_text(encoding="utf-8") for folder in (DOCS, tmp_path))
        described = re.compile(r"<desc[^>]*>(.*?)</desc>", re.DOTALL)
        assert described.findall(kept) == described.findall(made), "run docs/make_figures.py"
        assert all(link.startswith("#") for link in re.findall(r'href="([^"]*)"', kept))
        assert f"figure-{name}.svg" in page


@pytest.mark.parametrize("name", [*SHOWN, "tour"])
def test_a_picture_fetches_nothing(name: str) -> None:
    svg = (DOCS / f"{name}.svg").read_text(encoding="utf-8")
    assert "url(http" not in svg
    assert "href" not in svg
    assert "@import" not in svg
