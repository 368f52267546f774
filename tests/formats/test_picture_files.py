"""Files of pictures: the same bytes each time, texts that do nothing, and the words for readers who cannot see them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from sibtui.errors import InputError
from sibtui.formats.pictures.files import render_picture, render_svg
from sibtui.formats.pictures.forms import PICTURE_FORMS, PictureForm
from sibtui.model.pictures.picture import HeatCell, HeatMap, Portrait, PortraitSource
from tests.picture_examples import HOSTILE, pictures
from tests.sweeps import in_part

pytest.importorskip("matplotlib", reason="matplotlib is an optional extra")

ROOT = Path(__file__).parents[2]
MAGIC = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}
SVG = "{http://www.w3.org/2000/svg}"


def a_map(label: str = "Row") -> HeatMap:
    return HeatMap("Title", "Words for all.", (label,), ("A",), ((HeatCell("3", 3, "contested"),),), "quotes")


@pytest.mark.parametrize("form", PICTURE_FORMS)
def test_every_kind_of_picture_has_every_format(form: PictureForm) -> None:
    for picture in pictures(["one", "two", "three"]):
        assert render_picture(picture, form).startswith(MAGIC[form])


SCRIPT = """
import hashlib
from sibtui.formats.pictures.files import render_picture
from tests.picture_examples import pictures
for form in ("svg", "png", "pdf"):
    print(form, [hashlib.sha256(render_picture(each, form)).hexdigest() for each in pictures(["one", "dos", "três"])])
"""


@pytest.mark.slow
def test_the_bytes_are_the_same_in_another_process_with_other_settings(tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_text("font.size: 30\nsvg.fonttype: none\nhatch.linewidth: 5\ntext.usetex: True\n")
    found = []
    for more in ({"PYTHONHASHSEED": "1", "TZ": "UTC"}, {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "LC_ALL": "C"}):
        environment = {**os.environ, **more}
        if more["PYTHONHASHSEED"] == "2":
            environment["MATPLOTLIBRC"] = str(tmp_path / "matplotlibrc")
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, env=environment, cwd=ROOT
        )
        found.append(done.stdout)
    assert found[0] == found[1]
    assert found[0].count("svg") == 1


@pytest.mark.parametrize("label", in_part(HOSTILE, 2))
@pytest.mark.parametrize("form", PICTURE_FORMS)
def test_hostile_labels_are_drawn_as_they_are(label: str, form: PictureForm) -> None:
    assert render_picture(a_map(label), form).startswith(MAGIC[form])


def test_letters_are_outlines_unless_the_font_lacks_them() -> None:
    assert "<text" not in render_svg(a_map("Réduction"))
    for label in ("数字社会", "שלום"):
        assert label in render_svg(a_map(label))


def test_formulas_are_plain_text() -> None:
    """With the letters of a formula, matplotlib would draw one half as 1 over 2."""
    assert render_svg(a_map("数 $x^2$")).count("$x^2$") == 1


def test_svg_has_a_title_and_a_description_and_fetches_nothing() -> None:
    svg = render_svg(a_map())
    root = etree.fromstring(svg)
    title, description = root[0], root[1]
    assert (title.tag, title.text, description.tag, description.text) == (
        f"{SVG}title",
        "Title",
        f"{SVG}desc",
        "Words for all.",
    )
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert root.get("role") == "img"
    assert not root.findall(f".//{SVG}style")
    assert not root.findall(f".//{SVG}metadata")
    assert all(link.startswith("#") for link in re.findall(r'href="([^"]*)"', svg))
    assert "url(http" not in svg


def test_ids_of_two_pictures_on_a_page_differ() -> None:
    one, other = (set(re.findall(r' id="([^"]*)"', render_svg(a_map(label)))) for label in ("Row", "Other"))
    assert one
    assert not one & other


def test_every_reference_in_an_svg_has_its_target() -> None:
    svg = render_svg(a_map())
    ids = set(re.findall(r' id="([^"]*)"', svg))
    assert set(re.findall(r'href="#([^"]*)"', svg)) | set(re.findall(r"url\(#([^)]*)\)", svg)) <= ids


def test_boxes_of_one_kind_are_one_path() -> None:
    sources = tuple(PortraitSource(f"a{at}", 100, ((0, 9, 0), (20, 30, 0), (5, 60, 1))) for at in range(30))
    svg = render_svg(Portrait("T", "W", sources, (("One", "sky"), ("Two", "orange"))))
    assert svg.count("url(#") == 2, "one in the legend, and one for all passages of a hatched theme"
    assert svg.count("#e69f00") == 2


def test_a_portrait_is_small_and_has_short_numbers() -> None:
    passages = tuple((at, at + 1, 0) for at in range(0, 3000, 3))
    svg = render_svg(Portrait("T", "W", (PortraitSource("a", 3000, passages),), (("One", "sky"),)))
    assert len(svg) < 60_000
    assert not re.search(r' d="M[^"]*\d\.\d{3}', svg)


@pytest.mark.parametrize("label", ["a  b 数", "Row"])
def test_a_short_svg_looks_like_the_long_one(label: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The numbers of all places, rounded, are those of the SVG of matplotlib."""
    short = render_svg(a_map(label))
    monkeypatch.setattr("sibtui.formats.pictures.svg.compact", lambda root: None)
    long = render_svg(a_map(label))
    assert len(short) < len(long)
    assert re.findall(r"<text.*?</text>", short) == re.findall(r"<text.*?</text>", long)
    assert short.count("<use") == long.count("<use")
    assert re.findall(r"fill: ?(#\w+)", short) == re.findall(r"fill: ?(#\w+)", long)


def test_png_and_pdf_keep_the_description() -> None:
    assert b"Words for all." in render_picture(a_map(), "png")
    assert b"Words for all." in render_picture(a_map(), "pdf")


def test_a_picture_too_tall_for_a_png_is_refused() -> None:
    rows = tuple(f"Row {at}" for at in range(1300))
    tall = HeatMap("T", "W", rows, ("A",), ((HeatCell("1", 1),),) * 1300, "quotes")
    with pytest.raises(InputError, match="too large for a PNG"):
        render_picture(tall, "png")


def test_settings_of_the_caller_stay_as_they_are() -> None:
    import matplotlib as mpl

    with mpl.rc_context({"font.size": 31.0}):
        render_picture(a_map(), "svg")
        assert mpl.rcParams["font.size"] == 31.0


def test_without_matplotlib_one_sentence_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(InputError, match=r"pip install 'sibtui\[pictures\]'"):
        render_picture(a_map(), "svg")
