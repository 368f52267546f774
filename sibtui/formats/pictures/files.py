"""Files of pictures, drawn by matplotlib: SVG, PNG and PDF. The same picture gives the same bytes.

The settings and fonts of the machine have no effect. Letters are drawn as outlines of the font DejaVu Sans, which comes
with matplotlib. Two kinds of texts in an SVG are drawn by the program that shows the file: texts with letters that this
font lacks, and texts that are written from right to left.
"""

from __future__ import annotations

import io
import logging
import unicodedata
import warnings
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from sibtui.errors import InputError
from sibtui.formats.pictures.scene import BODY, Scene, SceneBox, SceneDot, SceneLine, SceneText
from sibtui.formats.pictures.scenes import scene_of
from sibtui.model.text import one_line
from sibtui.model.text_width import width_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.formats.pictures.forms import PictureForm
    from sibtui.model.pictures.picture import Picture

_POINTS, _DOTS = 72, 200
_TALLEST = 60_000
"""The largest number of pixels of a side of a PNG file that matplotlib draws (2 ** 16, with a margin)."""
_FONT = "DejaVu Sans"
_OTHER_FONTS = (
    "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans", "Noto Sans Devanagari", "Noto Sans Thai", "Hiragino Sans",
    "PingFang SC", "Microsoft YaHei", "Malgun Gothic", "Nirmala UI", "Arial Unicode MS", "Segoe UI Emoji",
)  # fmt: skip
"""The fonts that are used for letters that DejaVu Sans lacks, if the machine has these fonts."""
_ROUNDED = 1.04
"""The factor by which texts are assumed to be wider.

In a PNG, letters are placed on whole pixels, so that a text can be a little wider than in an SVG.
"""
_SETTINGS: dict[str, Any] = {
    "text.parse_math": False,
    "text.usetex": False,
    "svg.hashsalt": "sibtui",
    "pdf.fonttype": 42,
    "hatch.linewidth": 0.5,
    "font.family": [_FONT],
    "path.simplify": False,
}


def render_picture(picture: Picture, form: PictureForm) -> bytes:
    """Return a picture as the bytes of an SVG, PNG or PDF file.

    Raises InputError if matplotlib is not installed, or if the picture is too large for a PNG file.
    """
    with _matplotlib():
        scene = scene_of(picture, text_measure())
        if form == "svg":
            return b'<?xml version="1.0" encoding="utf-8"?>\n' + _svg(scene).encode("utf-8")
        return _drawn(scene, form)


def render_svg(picture: Picture) -> str:
    """Return a picture as an SVG element for a web page.

    The ids in the element differ from those of other pictures on the page. Its styles do not affect the rest of the
    page. Raises InputError if matplotlib is not installed.
    """
    with _matplotlib():
        return _svg(scene_of(picture, text_measure()))


def text_measure() -> Any:
    """Return the function for the width of a text in points. Raises InputError if matplotlib is not installed."""
    with _matplotlib():
        return _measure


@contextmanager
def _matplotlib() -> Iterator[None]:
    """Use the default settings of matplotlib, and not the user's settings, inside the `with` block.

    Warnings of matplotlib about missing letters, about its folder and about its settings file are not shown. Raises
    InputError if matplotlib is not installed, or cannot be loaded.
    """
    with _quiet():
        yield from _loaded()


def _loaded() -> Iterator[None]:
    try:
        import matplotlib as mpl
        import matplotlib.style
    except ModuleNotFoundError as error:
        raise InputError("Pictures need one more package: pip install 'sibtui[pictures]'.") from error
    except ValueError as error:  # matplotlib checks this variable when it is loaded, though nothing is shown here
        raise InputError(
            "matplotlib cannot be loaded: the environment variable MPLBACKEND has no valid value."
        ) from error
    except (ImportError, OSError) as error:  # a damaged installation, or one for another machine
        raise InputError(f"matplotlib cannot be loaded: {one_line(str(error), 200)}") from error
    with warnings.catch_warnings(), mpl.rc_context():
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from (font|current font)")
        warnings.filterwarnings("ignore", category=DeprecationWarning)
        matplotlib.style.use("default")
        mpl.rcParams.update(_SETTINGS)
        yield


@contextmanager
def _quiet() -> Iterator[None]:
    """Limit the log messages of matplotlib to errors inside the `with` block."""
    log = logging.getLogger("matplotlib")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(level)


@lru_cache(1 << 13)
def _measure(text: str, size: float = BODY, *, bold: bool = False) -> float:
    """Return the width of a text in points. `size` is the size of its letters.

    If the font lacks some letters of the text, the width is estimated from its width in a terminal.
    """
    if _is_drawable(text):
        from matplotlib.font_manager import FontProperties
        from matplotlib.textpath import text_to_path

        font = FontProperties(family=_FONT, weight="bold" if bold else "normal", size=size)
        return float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0]) * _ROUNDED
    return width_of(text) * size * 0.62


@cache
def _letters() -> frozenset[int]:
    from matplotlib.font_manager import FontProperties, findfont, get_font

    return frozenset(get_font(findfont(FontProperties(family=_FONT))).get_charmap())


def _is_drawable(text: str) -> bool:
    """Return whether the font has all letters of a text, and the text runs from left to right."""
    return text.isascii() or all(
        ord(each) in _letters() and unicodedata.bidirectional(each) not in {"R", "AL", "NSM"} for each in text
    )


def _drawn(scene: Scene, form: PictureForm) -> bytes:
    import matplotlib as mpl
    from matplotlib.figure import Figure

    if form == "png" and max(scene.width, scene.height) / _POINTS * _DOTS > _TALLEST:
        raise InputError("This picture is too large for a PNG file: choose SVG or PDF, or fewer rows.")
    if not all(_is_drawable(mark.text) for mark in scene.marks if isinstance(mark, SceneText)):
        mpl.rcParams["svg.fonttype"] = "none"
        mpl.rcParams["font.family"] = [_FONT, *_installed()]
    figure = Figure(figsize=(scene.width / _POINTS, scene.height / _POINTS), facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, scene.width)
    axes.set_ylim(scene.height, 0)
    axes.axis("off")
    for order, mark in enumerate(scene.marks):
        _DRAWN_BY[type(mark)](axes, mark, order)
    file = io.BytesIO()
    figure.savefig(file, format=form, dpi=_DOTS if form == "png" else _POINTS, metadata=_metadata(scene, form))
    return file.getvalue()


def _installed() -> list[str]:
    from matplotlib.font_manager import fontManager

    names = {font.name for font in fontManager.ttflist}
    return [name for name in _OTHER_FONTS if name in names]


def _metadata(scene: Scene, form: PictureForm) -> dict[str, str | None]:
    """Return the metadata for a file, never with a date. PNG and PDF files get a title and a description."""
    if form == "svg":
        return {"Date": None, "Creator": None, "Format": None, "Type": None}
    if form == "png":
        return {"Title": scene.title, "Description": scene.description, "Software": "sibtui"}
    return {"Title": scene.title, "Subject": scene.description, "Creator": "sibtui", "CreationDate": None}


def _draw_text(axes: Any, mark: SceneText, order: int) -> None:
    drop = 0.36 * mark.size  # from the middle of the letters to their base line
    x, y = (mark.x + drop, mark.y) if mark.upright else (mark.x, mark.y + drop)
    axes.text(
        x, y, mark.text, size=mark.size, color=mark.colour, ha=mark.align, va="baseline", weight="bold" if mark.bold else "normal",
        rotation=90 if mark.upright else 0, rotation_mode="anchor", parse_math=False, zorder=order,
    )  # fmt: skip


def _draw_box(axes: Any, mark: SceneBox, order: int) -> None:
    from matplotlib.patches import Rectangle

    place: dict[str, Any] = {
        "xy": (mark.x, mark.y),
        "width": mark.width,
        "height": mark.height,
        "clip_on": False,
        "zorder": order,
    }
    frame: dict[str, Any] = {"edgecolor": mark.edge or "none", "linewidth": 0.6 if mark.edge else 0}
    if not mark.hatch:
        axes.add_artist(Rectangle(**place, facecolor=mark.fill, **frame))
        return
    # a hatching has the colour of the edge of its box, so the frame is a box of its own
    axes.add_artist(Rectangle(**place, facecolor=mark.fill, hatch=mark.hatch, edgecolor=mark.hatched, linewidth=0))
    if mark.edge:
        axes.add_artist(Rectangle(**place, fill=False, **frame))


def _draw_line(axes: Any, mark: SceneLine, order: int) -> None:
    from matplotlib.lines import Line2D

    xs, ys = zip(*mark.points, strict=True)
    style = (0, (4, 3)) if mark.dashed else "-"
    looks: dict[str, Any] = {
        "color": mark.colour,
        "linewidth": mark.width,
        "linestyle": style,
        "solid_capstyle": "butt",
    }
    axes.add_artist(Line2D(xs, ys, clip_on=False, zorder=order, **looks))


def _draw_dot(axes: Any, mark: SceneDot, order: int) -> None:
    from matplotlib.patches import Circle

    axes.add_artist(
        Circle(
            (mark.x, mark.y),
            mark.radius,
            facecolor=mark.fill,
            edgecolor="white",
            linewidth=0.5,
            clip_on=False,
            zorder=order,
        )
    )


_DRAWN_BY: dict[type, Any] = {
    SceneText: _draw_text,
    SceneBox: _draw_box,
    SceneLine: _draw_line,
    SceneDot: _draw_dot,
}


def _svg(scene: Scene) -> str:
    from sibtui.formats.pictures.svg import accessible_svg

    return accessible_svg(_drawn(scene, "svg"), scene.title, scene.description)
