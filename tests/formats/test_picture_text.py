"""Pictures as text: the figures are in them, lines fit the width, and ASCII has only ASCII."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.formats.pictures.text import SIGNS, render_picture_text
from sibtui.model.pictures.picture import ChartRow, CurveChart, HeatCell, HeatMap, Portrait, PortraitSource, RowChart
from sibtui.model.text_width import width_of
from tests.picture_examples import HOSTILE, LONG, pictures

MAP = HeatMap(
    "Title", "", ("Pay", "A row with a long label that continues"), ("SIB A", "B"),
    ((HeatCell("8", 8), HeatCell("0 : 2", 0, "contested")), (HeatCell("2", 2), HeatCell("n/a", None, "unknown"))),
    "quotes", ("a : b = for, against",),
)  # fmt: skip


def test_a_heat_map_has_shaded_cells_with_their_figures() -> None:
    assert (
        render_picture_text(MAP, width=40)
        == """\
Title

                       SIB A         B
Pay                     ██ 8     0 : 2
A row with a long       ░░ 2       n/a
  label that
  continues

Shade: ░ to 2, ▒ to 4, ▓ to 6, █ to 8
(quotes).
a : b = for, against
"""
    )


def test_a_heat_map_in_ascii_has_the_figures_alone() -> None:
    lines = render_picture_text(MAP, ascii=True).splitlines()
    assert [line.split()[-3:] for line in lines[3:5]] == [["0", ":", "2"], ["that", "2", "n/a"]]
    assert "Figures: quotes." in lines


def test_shares_keep_their_decimals_in_the_legend() -> None:
    shares = HeatMap("T", "", ("Pay",), ("A",), ((HeatCell("12.5", 12.5),),), "percent")
    assert "░ to 3.125, ▒ to 6.25" in render_picture_text(shares)
    assert "Shade" not in render_picture_text(HeatMap("T", "", ("Pay",), ("A",), ((HeatCell("", 0),),), "quotes"))


def test_columns_that_do_not_fit_follow_below() -> None:
    cells = tuple(HeatCell(str(at), at) for at in range(30))
    wide = HeatMap("T", "", ("Pay",), tuple(f"c{at}" for at in range(30)), (cells,), "quotes")
    text = render_picture_text(wide, width=60, ascii=True)
    assert sum(line.startswith("Pay") for line in text.splitlines()) > 1
    assert {f"c{at}" for at in range(30)} <= set(text.split())


def test_a_curve_has_bars_the_sum_and_the_point() -> None:
    curve = CurveChart("Saturation", "", ("a", "b", "c"), (4, 2, 0), (4, 6, 6), "interviews", "codes", 1, 1, 2)
    assert (
        render_picture_text(curve, width=40)
        == """\
Saturation

           new codes              so far
a          ███████████████ 4           4
─── after the base of 1 ────────────────
b          ███████▌ 2                  6
─── saturation at 2+1 ──────────────────
c           0                          6

"""
    )


def test_a_tree_is_indented_and_a_row_without_a_mark_has_its_reason() -> None:
    rows = (
        ChartRow("Staff", 0, ""), ChartRow("Pay", 3, "3 (1)", 1), ChartRow("Rent", 0.01, "0 (0)", 1), ChartRow("Other", None, "no unit"),
    )  # fmt: skip
    assert (
        render_picture_text(RowChart("Codebook", "", rows, "quotes", 0, 5), width=40)
        == """\
Codebook

        quotes, from 0 to 5
Staff
  Pay   ███████████████            3 (1)
  Rent  ▌                          0 (0)
Other   no unit

"""
    )


def test_agreement_has_a_dot_and_the_ends_of_its_interval() -> None:
    rows = (ChartRow("Pay", 0.5, "0.50", 0, 0.25, 0.75), ChartRow("Rent", -2, "-2.00"))
    chart = RowChart("Agreement", "", rows, "alpha", 0, 1, "dot")
    lines = render_picture_text(chart, width=40).splitlines()
    assert lines[3] == "Pay         ├──────●──────┤         0.50"
    assert lines[4] == "Rent  ●                            -2.00"
    assert "|------o------|" in render_picture_text(chart, width=40, ascii=True)


def test_a_portrait_has_two_themes_in_each_line() -> None:
    sources = (PortraitSource("a1", 100, ((0, 50, 0), (25, 75, 1), (99, 100, 2))),)
    picture = Portrait("Portrait", "", sources, (("One", "sky"), ("Two", "blue"), ("Three", "grey")))
    lines = render_picture_text(picture, width=40).splitlines()
    assert lines[2:5] == ["1 One", "2 Two", "3 Three"]
    assert lines[6].startswith("a1    1·2 ▀▀▀▀▀▀▀███")
    assert lines[7].endswith("·▀")
    plain = render_picture_text(picture, width=40, ascii=True).splitlines()
    assert plain[6].startswith("a1    1 111111")
    assert plain[8].endswith(".3")


def test_a_source_without_text_has_empty_lanes() -> None:
    picture = Portrait("P", "", (PortraitSource("a1", 0, ()),), (("One", "sky"),))
    assert "▀" not in render_picture_text(picture)


def test_labels_are_cleaned() -> None:
    assert "PAY" in render_picture_text(MAP, clean=str.upper)


@given(
    st.lists(st.sampled_from([*HOSTILE, "a1", "x" * 30]), min_size=1, max_size=9),
    st.sampled_from([None, 1, 40, 80, 120, 200]),
    st.booleans(),
)
@example(HOSTILE, 40, True)
@example([LONG], 40, False)
def test_lines_fit_the_width_and_hold_no_control_characters(labels: list[str], width: int | None, plain: bool) -> None:
    for picture in pictures(labels):
        text = render_picture_text(picture, width=width, ascii=plain)
        assert max(map(width_of, text.splitlines())) <= max(width or 80, 40)
        assert text.replace("\n", "").isprintable()
        assert not plain or not set(SIGNS) & set(text)


@pytest.mark.parametrize("count", [1, 200])
def test_every_row_is_drawn(count: int) -> None:
    for picture in pictures([f"row{at}" for at in range(count)]):
        text = render_picture_text(picture, ascii=True)
        if picture.title != "Wide":
            assert f"row{count - 1}" in text


@pytest.mark.parametrize(
    ("most", "scale"),
    [
        (1, "█ to 1"),
        (2, "▒ to 1, █ to 2"),
        (3, "▒ to 1, ▓ to 2, █ to 3"),
        (8, "░ to 2, ▒ to 4, ▓ to 6, █ to 8"),
        (0.5, "░ to 0.125, ▒ to 0.25, ▓ to 0.375, █ to 0.5"),
    ],
)
def test_the_scale_has_the_shades_of_whole_numbers_alone(most: float, scale: str) -> None:
    cells = tuple((HeatCell(str(value), value),) for value in ([*range(1, int(most) + 1)] or [most]))
    text = render_picture_text(HeatMap("T", "W", tuple("abcdefgh"[: len(cells)]), ("A",), cells, "quotes"))
    assert f"Shade: {scale} (quotes)." in text
    shown = {sign for sign in "░▒▓█" if sign * 2 in text}
    assert shown <= {part[0] for part in scale.split(", ")}
