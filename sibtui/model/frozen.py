"""`dataclass` for frozen values: it creates a class in a fifth of the time that the library `dataclasses` needs.

Every command creates many such classes when it starts. The library (in Python 3.11 to 3.14) compiles six methods for
each class, in 0.5 ms. Here only `__init__` is compiled, when it is first used, and the other methods are closures.
attrs 25.4 compiles as many methods as the library and is no faster. Otherwise the classes behave like those of the
library: with `fields`, `replace`, `asdict`, `match`, signatures, copies and pickles.
"""

from __future__ import annotations

import operator
import sys
from dataclasses import field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass
else:

    def dataclass(
        *,
        frozen: bool,
        slots: bool,
        repr: bool = True,  # noqa: A002 - the option's name
        order: bool = False,
    ) -> Callable[[type], type]:
        """Return a decorator for a class of frozen values with slots."""
        assert (frozen, slots) == (True, True)  # noqa: S101 - ours
        return lambda cls: _made(cls, shows_fields=repr, is_ordered=order)


__all__ = ["dataclass", "field"]

_Methods = dict[str, Any]


def _made(cls: Any, *, shows_fields: bool, is_ordered: bool) -> Any:
    from dataclasses import dataclass as library_dataclass
    from dataclasses import fields

    if hasattr(cls, "__dataclass_params__"):  # a class that adds fields to another
        return library_dataclass(frozen=True, slots=True, repr=shows_fields, order=is_ordered)(cls)
    own = {name for name in ("__hash__", "__repr__") if name in cls.__dict__}
    made: Any = _with_slots(cls)
    made.__dataclass_params__.frozen = True
    every = fields(made)
    names = tuple(each.name for each in every)
    values = operator.attrgetter(*names) if len(names) > 1 else _list_of(names)
    methods = _guards(made, names, values) | _equality(values)
    if shows_fields:
        methods["__repr__"] = _shown(names)
    if is_ordered:
        methods |= _order(values)
    made.__init__ = _LaterInit(made, every)
    for name, method in methods.items():
        if name not in own:
            method.__name__, method.__qualname__ = name, f"{made.__qualname__}.{name}"
            setattr(made, name, method)
    return made


def _with_slots(cls: Any) -> Any:
    """Return the class with fields and slots, but without methods.

    The library `dataclasses` searches each annotation that is a text for `ClassVar` and similar words, with three
    regular expressions. The classes of sibtui have only plain fields, so the library gets annotations that are not
    texts.
    """
    from dataclasses import dataclass as library_dataclass
    from dataclasses import fields

    annotations = cls.__annotations__
    cls.__annotations__ = dict.fromkeys(annotations, object)
    made: Any = library_dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    made.__annotations__ = annotations
    for each in fields(made):
        each.type = annotations[each.name]
    return made


def _list_of(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    return lambda value: tuple([getattr(value, name) for name in names])


class _Factory:
    """A placeholder for a default value that is made by a factory for each new object."""

    def __repr__(self) -> str:
        return "<factory>"


_FACTORY = _Factory()


class _LaterInit:
    """An `__init__` that is compiled when its class makes its first value. A command loads many classes, but uses few of them."""

    def __init__(self, made: Any, every: tuple[Any, ...]) -> None:
        self._made, self._every = made, every

    def __get__(self, value: Any, owner: Any) -> Any:
        init = _init(self._made, self._every)
        init.__qualname__ = f"{self._made.__qualname__}.__init__"
        self._made.__init__ = init
        return init if value is None else init.__get__(value)


def _init(made: Any, every: tuple[Any, ...]) -> Any:
    """Return a compiled `__init__`. It sets each slot through the descriptor of the slot, which is faster than `object.__setattr__`."""
    from dataclasses import MISSING

    names: dict[str, Any] = {"_factory": _FACTORY}
    parameters, lines = ["self"], []
    for each in every:
        name, value = each.name, each.name
        default = ""
        if each.default is not MISSING:
            names[f"_default_{name}"], default = each.default, f"=_default_{name}"
        elif each.default_factory is not MISSING:
            names[f"_make_{name}"], default = each.default_factory, "=_factory"
            value = f"_make_{name}() if {name} is _factory else {name}"
        names[f"_set_{name}"] = made.__dict__[name].__set__
        parameters.append(name + default)
        lines.append(f"  _set_{name}(self, {value})")
    lines.append("  self.__post_init__()" if hasattr(made, "__post_init__") else "  pass")
    body = "\n".join(lines)
    source = f"def make({', '.join(names)}):\n def __init__({', '.join(parameters)}):\n{body}\n return __init__"
    found: dict[str, Any] = {}
    exec(source, sys.modules[made.__module__].__dict__, found)  # noqa: S102 - the names are those of the class
    init = found["make"](**names)
    init.__annotations__ = {each.name: each.type for each in every} | {"return": None}
    return init


def _guards(made: Any, names: tuple[str, ...], values: Callable[[Any], Any]) -> _Methods:
    """Return methods of a frozen class that refuse changes, and methods with which pickle can still restore a value."""
    from dataclasses import FrozenInstanceError

    def refuse_setting(self: Any, name: str, value: object) -> None:
        del self, value
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def refuse_deleting(self: Any, name: str) -> None:
        del self
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def set_state(self: Any, state: list[Any]) -> None:
        for name, value in zip(names, state, strict=True):
            made.__dict__[name].__set__(self, value)

    return {
        "__setattr__": refuse_setting,
        "__delattr__": refuse_deleting,
        "__getstate__": lambda self: list(values(self)),
        "__setstate__": set_state,
    }


def _equality(values: Callable[[Any], Any]) -> _Methods:
    def equal(self: Any, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    return {"__eq__": equal, "__hash__": lambda self: hash(values(self))}


def _order(values: Callable[[Any], Any]) -> _Methods:
    def compared(compare: Callable[[Any, Any], bool]) -> Any:
        def method(self: Any, other: object) -> bool:
            return compare(values(self), values(other)) if other.__class__ is self.__class__ else NotImplemented

        return method

    return {f"__{name}__": compared(getattr(operator, name)) for name in ("lt", "le", "gt", "ge")}


def _shown(names: tuple[str, ...]) -> Any:
    from reprlib import recursive_repr

    def shown(self: Any) -> str:
        return f"{self.__class__.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    return recursive_repr()(shown)
