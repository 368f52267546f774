"""The function that lays out a picture of any kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from sibtui.formats.pictures.curve_scene import curve_scene
from sibtui.formats.pictures.heat_map_scene import heat_map_scene
from sibtui.formats.pictures.portrait_scene import portrait_scene
from sibtui.formats.pictures.row_chart_scene import row_chart_scene
from sibtui.model.pictures.picture import CurveChart, HeatMap, Portrait, RowChart

if TYPE_CHECKING:
    from sibtui.formats.pictures.scene import Measure, Scene
    from sibtui.model.pictures.picture import Picture


def scene_of(picture: Picture, measure: Measure) -> Scene:
    """Return a picture as shapes and texts with their positions."""
    match picture:
        case HeatMap():
            return heat_map_scene(picture, measure)
        case CurveChart():
            return curve_scene(picture, measure)
        case RowChart():
            return row_chart_scene(picture, measure)
        case Portrait():
            return portrait_scene(picture, measure)
        case _:
            assert_never(picture)
