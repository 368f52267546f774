"""`typing.get_type_hints` finds the names in the annotations of every public class, function, method and property."""

from __future__ import annotations

import types
from functools import cached_property
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import pytest

import sibtui

if TYPE_CHECKING:
    from collections.abc import Iterator


def functions_of(cls: type) -> Iterator[tuple[str, Any]]:
    """Public methods and properties of a class, each with its function."""
    for name in dir(cls):
        for base in cls.__mro__:
            if name in vars(base) and base.__module__.startswith("sibtui") and not name.startswith("_"):
                part = vars(base)[name]
                if isinstance(part, property):
                    part = part.fget
                elif isinstance(part, cached_property):
                    part = part.func
                elif isinstance(part, classmethod | staticmethod):
                    part = part.__func__
                if isinstance(part, types.FunctionType):
                    yield f"{cls.__name__}.{name}", part
                break


def public() -> dict[str, Any]:
    """Public classes and functions, and the methods and properties of the classes."""
    found = {name: getattr(sibtui, name) for name in sibtui.__all__ if name != "__version__"}
    for cls in [value for value in found.values() if isinstance(value, type)]:
        found |= functions_of(cls)
    return found


PUBLIC = public()


def test_the_list_of_public_names_has_classes_methods_and_properties() -> None:
    assert {"Source", "Project.open", "Project.sources", "Sources.add", "Exports.qdpx", "find_files"} <= set(PUBLIC)
    assert {"ShownMatrix.to_csv", "Project.coder", "Segment.overlaps", "History.undo"} <= set(PUBLIC)
    assert len(PUBLIC) > 240


@pytest.mark.parametrize("name", PUBLIC)
def test_type_hints_of_public_names_are_found(name: str) -> None:
    value = PUBLIC[name]
    hints = get_type_hints(value)
    assert isinstance(value, type) or (set(hints) == set(value.__annotations__) and "return" in hints)


def test_a_type_hint_is_the_class_that_the_package_exports() -> None:
    assert get_type_hints(PUBLIC["Matrices.show"])["return"] is sibtui.ShownMatrix
    assert get_type_hints(PUBLIC["Project.codings"])["return"] is sibtui.Codings
    assert get_type_hints(sibtui.Judged)["judgement"] is sibtui.Judgement


def classes_in(hint: Any) -> Iterator[type]:
    """Return the classes in a type hint."""
    if isinstance(hint, list):
        yield from (each for part in hint for each in classes_in(part))
    elif get_args(hint):
        yield from (each for part in get_args(hint) for each in classes_in(part))
    elif isinstance(hint, type):
        yield hint


def test_a_script_can_name_the_classes_that_it_gets() -> None:
    hints = [hint for value in PUBLIC.values() for hint in get_type_hints(value).values()]
    met = {each.__name__ for hint in hints for each in classes_in(hint) if each.__module__.startswith("sibtui")}
    assert met <= set(sibtui.__all__)
