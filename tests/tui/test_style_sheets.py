"""Style sheets. A rule for a class that does not exist has no effect, and nothing reports it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.widget import Widget

from sibtui import tui
from tests.tui.classes import ours

SELECTOR = re.compile(r"(?:^|[>,\s])([A-Z]\w+)")
RULE = re.compile(r"([^{}]+)\{[^{}]*\}")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def widget_names(kind: type = Widget) -> set[str]:
    """Return the names of a class and of all its subclasses, Textual's too."""
    return {kind.__name__}.union(*(widget_names(sub) for sub in kind.__subclasses__()))


def sheets() -> dict[str, str]:
    """Return the style sheets by the name of their class or file."""
    own = {
        f"{kind.__name__}.{name}": vars(kind)[name]
        for kind in ours()
        for name in ("CSS", "DEFAULT_CSS")
        if name in vars(kind)
    }
    return own | {file.name: file.read_text("utf-8") for file in Path(tui.__path__[0]).rglob("*.tcss")}


@pytest.mark.parametrize("name", sheets())
def test_rules_name_classes_that_exist(name: str) -> None:
    selectors = RULE.findall(COMMENT.sub("", sheets()[name]))
    named = {found for selector in selectors for found in SELECTOR.findall(selector)}
    assert named <= widget_names()
