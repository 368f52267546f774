"""Makes the pictures of the screen for the README: the sample study at 120×36, as SVG beside this file, and one screen as text.

python docs/make_pictures.py [FOLDER]
"""

from __future__ import annotations

import asyncio
import html
import os
import re
import sys
import tempfile
from pathlib import Path

PICTURES = {
    # name: keys pressed from the coding screen of note a1
    "coding": "] ] ] ] ] ]",
    "matrix": "f3 down down right",
    "table": "f3 e end up up up up",
    "quotes": "f4 down",
    "codebook": "f2 down down",
    "overview": "f8 down",
    "sources": "f9 down space space",
}
SIZE = (120, 36)
TEXT, TEXT_SIZE = "coding", (110, 26)
"""The picture that the README shows as text too, for readers of a package index, which shows no files of this folder."""


async def take(study: Path, keys: str, size: tuple[int, int] = SIZE) -> str:
    """One picture, as SVG."""
    from sibtui.project import Project
    from sibtui.tui.app import SibtuiApp
    from sibtui.workspace.session_state import SessionState, StudyState

    with Project.open(study, coder="R1") as project:
        memory = SessionState(study.with_name("state.json"))
        recent = ["SIB structure and partners/Risk shifted to investors"]
        memory.places[project.study.guid] = StudyState({"source": "a1", "recent": recent})
        app = SibtuiApp(project, memory=memory)
        async with app.run_test(size=size) as pilot:
            await pilot.pause(0.2)  # a key that comes before the first drawing scrolls less
            for key in keys.split():
                await pilot.press({"]": "right_square_bracket"}.get(key, key))
                await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.pause()
            return app.export_screenshot(title="sibtui")


def without_network(svg: str) -> str:
    """The picture with a font that is there: what Textual writes would fetch one from elsewhere."""
    svg = re.sub(r"\s*@font-face\s*{[^}]*}", "", svg)
    return svg.replace("Fira Code", "DejaVu Sans Mono, Menlo, Consolas").rstrip() + "\n"


def as_text(svg: str) -> str:
    """The lines of a picture as plain text. Each text of the picture has its place in points, at 12.2 by 24.4 a character."""
    places = re.findall(r'<text class="[^"]+" x="([\d.]+)" y="([\d.]+)" textLength="[^"]+"[^>]*>(.*?)</text>', svg)
    lines: dict[int, str] = {}
    for x, y, text in sorted(places, key=lambda place: (float(place[1]), float(place[0]))):
        line = round(float(y) / 24.4)
        lines[line] = lines.get(line, "").ljust(round(float(x) / 12.2)) + html.unescape(text).replace("\xa0", " ")
    return "\n".join(lines.get(at, "").rstrip() for at in range(min(lines), max(lines) + 1)) + "\n"


def main(folder: Path) -> None:
    from sibtui.cli.open import make_demo

    with tempfile.TemporaryDirectory() as room:
        os.environ["SIBTUI_CONFIG_DIR"] = room  # the pictures show nothing of the user who makes them
        study = Path(room, "sample.sibtui")
        make_demo(study)
        for name, keys in PICTURES.items():
            svg = asyncio.run(take(study, keys))
            (folder / f"{name}.svg").write_text(without_network(svg), encoding="utf-8")
        small = asyncio.run(take(study, PICTURES[TEXT], TEXT_SIZE))
        (folder / f"{TEXT}.txt").write_text(as_text(small), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
