"""Make the pictures of docs/pictures.md from the sample study: `python docs/make_figures.py`. It needs `pip install -e '.[pictures]'`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sibtui.project.importing.create_from import create_from

if TYPE_CHECKING:
    from sibtui import Project

FOLDER = Path(__file__).parent
SAMPLE = FOLDER.parent / "sample_notes"
FIGURES = ("heat-map", "saturation", "portrait", "code-tree")


def draw(project: Project, folder: Path) -> None:
    """Write each figure as an SVG file to a folder."""
    reports = project.reports
    shown = {
        "heat-map": project.matrices.show("table-1", show="count"),
        "saturation": reports.saturation(),
        "portrait": reports.coverage(source=["a1", "b1", "c1", "d1", "m1"]),
        "code-tree": reports.codebook(),
    }
    for name in FIGURES:
        shown[name].write_picture(folder / f"figure-{name}.svg", force=True)


def main(folder: Path = FOLDER) -> None:
    from sibtui import Project

    with tempfile.TemporaryDirectory() as aside:
        path = Path(aside) / "tour.sibtui"
        create_from(SAMPLE, path)
        with Project.open(path) as project:
            draw(project, folder)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
