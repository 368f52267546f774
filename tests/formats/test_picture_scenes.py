"""Layouts of pictures: no text overlaps another or leaves the picture, for any label and any number of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.formats.pictures.axis import rounded_end, ticks
from sibtui.formats.pictures.labels import fit_label
from sibtui.formats.pictures.palette import hatch_on, ink_on, shade, theme_styles
from sibtui.formats.pictures.scene import PAPER, SceneBox, SceneText
from sibtui.formats.pictures.scenes import scene_of
from sibtui.model.pictures.picture import ChartRow, CurveChart, HeatCell, HeatMap, RowChart
from tests.picture_examples import HOSTILE, LONG, measure, pictures

if TYPE_CHECKING:
    from sibtui.model.pictures.picture import Picture


def box(mark: SceneText) -> tuple[float, float, float, float]:
    wide, high = measure(mark.text, mark.size, bold=mark.bold), mark.size * 0.8
    shift = {"left": 0.0, "center": wide / 2, "right": wide}[mark.align]
    if mark.upright:
        return mark.x - high / 2, mark.y - wide + shift, mark.x + high / 2, mark.y + shift
    return mark.x - shift, mark.y - high / 2, mark.x - shift + wide, mark.y + high / 2


def check_texts(picture: Picture) -> None:
    scene = scene_of(picture, measure)
    texts = sorted((box(mark), mark.text) for mark in scene.marks if isinstance(mark, SceneText) and mark.text)
    for (left, top, right, bottom), text in texts:
        assert left >= 0, text
        assert top >= 0, text
        assert right <= scene.width + 0.01, text
        assert bottom <= scene.height + 0.01, text
    for at, ((_, top, right, bottom), text) in enumerate(texts):
        for (left, other_top, _, other_bottom), other in texts[at + 1 :]:
            if left >= right - 0.01:
                break
            assert other_top >= bottom - 0.01 or other_bottom <= top + 0.01, (text, other)


@pytest.mark.parametrize("count", [1, 2, 7, 30, 200])
@pytest.mark.parametrize("label", ["a1", "A name of usual length, with words", LONG])
def test_no_text_overlaps_another(count: int, label: str) -> None:
    for picture in pictures([f"{at} {label}" for at in range(count)]):
        check_texts(picture)


@given(st.lists(st.sampled_from([*HOSTILE, "x" * 30]), min_size=1, max_size=9))
@example(HOSTILE)
def test_hostile_labels_stay_in_their_places(labels: list[str]) -> None:
    for picture in pictures(labels):
        check_texts(picture)
        for mark in scene_of(picture, measure).marks:
            if isinstance(mark, SceneText):
                assert not any(ord(each) < 32 or each in "\u202e\ud800" for each in mark.text)


@given(st.text(max_size=60), st.floats(20, 200), st.integers(1, 4))
@example("word " * 30, 40, 2)
@example("", 40, 1)
def test_a_label_has_at_most_these_lines_of_this_width(text: str, width: float, lines: int) -> None:
    found = fit_label(text, width, measure, lines=lines)
    assert len(found) <= lines
    for line in found:
        assert measure(line) <= width or len(line) <= 2
    cut = "".join(found).replace(" ", "")
    if not cut.endswith("…"):
        assert cut == "".join(fit_label(text, 1e9, measure)).replace(" ", "")


@given(st.floats(-1, 0), st.floats(0.01, 5000))
@example(0, 37)
@example(-0.1, 1)
def test_ticks_are_inside_the_axis_and_few(start: float, end: float) -> None:
    found = ticks(start, end)
    assert found == sorted(set(found))
    assert 1 <= len(found) <= 8
    assert start - 1e-6 <= found[0]
    assert found[-1] <= end + 1e-6


@given(st.integers(0, 100_000))
def test_the_end_of_an_axis_is_its_last_tick(most: int) -> None:
    end = rounded_end(most)
    assert end >= most
    assert ticks(0, end)[-1] == end


@pytest.mark.parametrize("most", range(4))
def test_axes_of_counts_have_no_fractions(most: int) -> None:
    curve = CurveChart("T", "W", ("a", "b"), (most, 0), (most, most), "interviews", "codes", 2, 2, None)
    bars = RowChart("T", "W", (ChartRow("a", most, str(most)),), "quotes", 0, max(most, 1))
    for picture in (curve, bars):
        texts = [mark.text for mark in scene_of(picture, measure).marks if isinstance(mark, SceneText)]
        assert not [text for text in texts if "." in text]


@pytest.mark.parametrize("label", ["Pay", LONG])
def test_labels_of_deep_levels_stay_beside_the_bars(label: str) -> None:
    rows = tuple(ChartRow(f"{at} {label}", 3, "3 (1)", at, colour="sky") for at in range(40))
    scene = scene_of(RowChart("T", "W", rows, "quotes", 0, 3), measure)
    bars = min(mark.x for mark in scene.marks if isinstance(mark, SceneBox))
    names = [mark for mark in scene.marks if isinstance(mark, SceneText) and mark.align == "left" and mark.x < bars]
    assert max(box(mark)[2] for mark in names if mark.text != "T") <= bars


def test_shades_get_darker_and_figures_stay_readable() -> None:
    greys = []
    for at in range(101):
        fill = shade(at / 100)
        red, green, blue = (int(fill[i : i + 2], 16) for i in (1, 3, 5))
        greys.append(0.299 * red + 0.587 * green + 0.114 * blue)
        assert contrast(fill, ink_on(fill)) >= 4.5
        assert contrast(fill, hatch_on(fill)) >= 2.2
    assert greys == sorted(greys, reverse=True)
    assert shade(0) == PAPER


@pytest.mark.parametrize(("largest", "words"), [(1, "1 quote"), (2, "2 quotes"), (0.5, "0.5 quotes")])
def test_the_scale_ends_with_the_largest_figure_in_words(largest: float, words: str) -> None:
    picture = HeatMap("Table", "", ("row",), ("A",), ((HeatCell("X", largest),),), "quotes")
    texts = {mark.text for mark in scene_of(picture, measure).marks if isinstance(mark, SceneText)}
    assert words in texts


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        return sum(
            w * (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4)
            for w, p in zip((0.2126, 0.7152, 0.0722), parts, strict=True)
        )

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_two_themes_never_look_alike() -> None:
    names = ["orange", "sky", "green", "yellow", "blue", "vermillion", "purple", "grey"]
    assert len(set(theme_styles(names * 6))) == 48
