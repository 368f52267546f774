"""`dataclass` for frozen values: it creates a class in a tenth of the time that the library `dataclasses` needs.

Every command creates many such classes when it starts. The library (in Python 3.11 to 3.14) compiles six methods for
each class, in 0.5 ms; attrs 25.4 compiles as many. This module compiles only `__init__`, and does so after the class
has made some values. The other methods are closures.

In other respects, the classes behave like those of the library: with `fields`, `replace`, `asdict`, `match`,
signatures, copies and pickles.
"""

from __future__ import annotations

import operator
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from dataclasses import dataclass, field, replace
else:

    def field(**options: Any) -> _FieldOptions:
        """Return a default value for a field, with options such as `default_factory` and `compare`.

        It replaces `dataclasses.field`, because importing that library takes a millisecond.
        """
        assert options.keys() <= {"default", "default_factory", "repr", "compare"}  # noqa: S101 - ours
        return _FieldOptions(options)

    def replace(value: Any, /, **changes: Any) -> Any:
        """Return a copy of a value with changed fields, as `dataclasses.replace` does, in a third of the time."""
        kind = value.__class__
        names, read = _READERS.get(kind) or _reader(kind)
        fields = list(read(value))
        for name, changed in changes.items():
            if name not in names:
                return kind(*fields, **{name: changed})  # raises TypeError
            fields[names[name]] = changed
        return kind(*fields)

    def dataclass(
        *,
        frozen: bool,
        slots: bool,
        repr: bool = True,  # noqa: A002 - the option's name
        order: bool = False,
    ) -> Callable[[type], type]:
        """Return a decorator that makes a class of frozen values with slots.

        `repr` adds a `__repr__` with the fields, and `order` adds `<` and similar comparisons.
        """
        assert (frozen, slots) == (True, True)  # noqa: S101 - ours
        return lambda cls: _made(cls, shows_fields=repr, is_ordered=order)


__all__ = ["dataclass", "field", "replace"]

_Methods = dict[str, Any]

_FEW = 100
"""A class makes this number of values with a slower `__init__` that needs no compilation. Compiling takes as long as 150 such values."""

_MANY = 6
"""The number of fields from which `_opened` is faster than `_through_slots`."""

_OF_EACH_CLASS = ("__dict__", "__weakref__")
"""The attributes that Python gives to each new class. They are not copied into the class with slots."""


def _made(cls: Any, *, shows_fields: bool, is_ordered: bool) -> Any:
    if hasattr(cls, "__dataclass_params__"):  # a class that adds fields to another
        from dataclasses import dataclass as library_dataclass

        for name, default in _library_defaults(cls.__dict__).items():
            setattr(cls, name, default)
        return library_dataclass(frozen=True, slots=True, repr=shows_fields, order=is_ordered)(cls)
    content = dict(cls.__dict__)
    names = tuple(cls.__annotations__)
    defaults = {name: content.pop(name) for name in names if name in content}
    for name in _OF_EACH_CLASS:
        content.pop(name, None)
    compared = _values_of(_flagged("compare", names, defaults))
    methods = _guards(names) | _equality(compared)
    if shows_fields:
        methods["__repr__"] = _shown(_flagged("repr", names, defaults))
    if is_ordered:
        methods |= _order(compared)
    for name, method in methods.items():
        method.__name__, method.__qualname__ = name, f"{cls.__qualname__}.{name}"
        if name not in ("__hash__", "__repr__") or name not in content:
            content[name] = method
    content |= {
        "__qualname__": cls.__qualname__, "__slots__": names, "__match_args__": names,
        "__init__": _FirstInit(names, defaults),
        "__dataclass_fields__": _LibraryFacts(cls.__annotations__, defaults),
        "__dataclass_params__": _LibraryFacts(cls.__annotations__, defaults),
    }  # fmt: skip
    return type(cls)(cls.__name__, cls.__bases__, content)


_READERS: dict[type, tuple[dict[str, int], Callable[[Any], tuple[Any, ...]]]] = {}
"""For each class of which `replace` has made a copy: (field → its position, a function that returns all values of an object)."""


def _reader(kind: Any) -> tuple[dict[str, int], Callable[[Any], tuple[Any, ...]]]:
    names = kind.__match_args__
    _READERS[kind] = found = {name: at for at, name in enumerate(names)}, _values_of(names)
    return found


class _FieldOptions:
    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options

    @property
    def has_default(self) -> bool:
        return "default" in self.options or "default_factory" in self.options


class _LibraryFacts:
    """The fields and options of a class, for functions of the library `dataclasses` such as `fields` and `replace`.

    They are computed when they are first read, because most classes are never passed to such a function.
    """

    def __init__(self, annotations: dict[str, Any], defaults: dict[str, Any]) -> None:
        self._annotations, self._defaults = annotations, defaults

    def __set_name__(self, owner: Any, name: str) -> None:
        self._owner, self._name = owner, name

    def __get__(self, value: Any, owner: Any) -> Any:
        from dataclasses import dataclass as library_dataclass

        # The library searches each annotation that is a text for `ClassVar` and similar words, with three regular
        # expressions. The classes of sibtui have only plain fields, so the library gets annotations that are not texts.
        # It writes a docstring with a signature, which takes longer still, for each class without one.
        plain = {"__doc__": "-", "__annotations__": dict.fromkeys(self._annotations, object), **self._defaults}
        plain |= _library_defaults(self._defaults)
        example: Any = library_dataclass(init=False, repr=False, eq=False)(type("Example", (), plain))
        example.__dataclass_params__.frozen = True
        for each in example.__dataclass_fields__.values():
            each.type = self._annotations[each.name]
        for name in ("__dataclass_fields__", "__dataclass_params__"):
            setattr(self._owner, name, getattr(example, name))
        return getattr(self._owner, self._name)


def _library_defaults(defaults: Mapping[str, Any]) -> dict[str, Any]:
    """Return a map: field → its default as the library `dataclasses` expects it.

    Only the defaults made with `field(...)` of this module are included.
    """
    from dataclasses import field as library_field

    return {name: library_field(**each.options) for name, each in defaults.items() if isinstance(each, _FieldOptions)}


def _flagged(flag: str, names: tuple[str, ...], defaults: dict[str, Any]) -> tuple[str, ...]:
    """Return the names of the fields for which the option `flag` is not set to False.

    For `compare`, for example, a field defined by `field(compare=False)` is left out.
    """
    without = {
        name for name, each in defaults.items() if isinstance(each, _FieldOptions) and not each.options.get(flag, True)
    }
    return tuple([name for name in names if name not in without]) if without else names


def _values_of(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) > 1:
        return operator.attrgetter(*names)
    return lambda value: tuple([getattr(value, name) for name in names])


class _Factory:
    """A placeholder for a default value. For each new object, a function makes the real value."""

    def __repr__(self) -> str:
        return "<factory>"


_FACTORY = _Factory()


class _FirstInit:
    """The first `__init__` of a class. It is slow, but needs no compilation.

    After `_FEW` objects were made, a compiled `__init__` replaces it.
    """

    def __init__(self, names: tuple[str, ...], defaults: dict[str, Any]) -> None:
        self._names, self._defaults = names, defaults
        self._optional = {
            name: each for name, each in defaults.items() if not isinstance(each, _FieldOptions) or each.has_default
        }
        self._count = 0

    def __set_name__(self, owner: Any, name: str) -> None:
        self._owner = owner

    def __get__(self, value: Any, owner: Any) -> Any:
        self._count += 1
        if isinstance(value, self._owner) and self._count <= _FEW:  # `inspect` gives other values
            return partial(self._fill, value)
        compiled = self._compiled()
        return compiled if value is None else compiled.__get__(value)

    def _compiled(self) -> Any:
        init = _init(self._owner, self._names, self._optional)
        init.__qualname__ = f"{self._owner.__qualname__}.__init__"
        self._owner.__init__ = init
        return init

    def _fill(self, value: Any, /, *args: Any, **given: Any) -> None:
        if given or len(args) != len(self._names):
            args = self._all_values(value, args, given)
        for name, each in zip(self._names, args, strict=True):
            object.__setattr__(value, name, each)
        if hasattr(value, "__post_init__"):
            value.__post_init__()

    def _all_values(self, value: Any, args: tuple[Any, ...], given: dict[str, Any]) -> tuple[Any, ...]:
        """Return the values of all fields.

        For wrong arguments, call the compiled `__init__`, which raises the usual TypeError.
        """
        named = dict(zip(self._names, args, strict=False)) | given
        is_twice = len(named) < len(args) + len(given)
        if is_twice or (self._optional | named).keys() != set(self._names):
            self._compiled()(value, *args, **given)  # raises
        return tuple([named[name] if name in named else _default(self._optional[name]) for name in self._names])


def _default(given: Any) -> Any:
    """Return the default value of a field.

    `given` is the value or the `field(...)` that the class assigns to the field.
    """
    if not isinstance(given, _FieldOptions):
        return given
    return given.options["default_factory"]() if "default_factory" in given.options else given.options["default"]


def _init(made: Any, fields: tuple[str, ...], optional: dict[str, Any]) -> Any:
    """Return a compiled `__init__` for a class.

    `optional` is a map: field with a default → this default, which is a value or a `_FieldOptions`.
    """
    names: dict[str, Any] = {"_factory": _FACTORY}
    parameters, values = ["self"], dict[str, str]()
    for name in fields:
        values[name], default = name, ""
        given = optional.get(name, _FACTORY)
        if isinstance(given, _FieldOptions) and "default_factory" in given.options:
            names[f"_make_{name}"], default = given.options["default_factory"], "=_factory"
            values[name] = f"_make_{name}() if {name} is _factory else {name}"
        elif name in optional:
            names[f"_default_{name}"], default = _default(given), f"=_default_{name}"
        parameters.append(name + default)
    lines = (_opened if len(fields) >= _MANY else _through_slots)(made, values, names)
    lines.append("self.__post_init__()" if hasattr(made, "__post_init__") else "pass")
    body = "\n".join(f"  {line}" for line in lines)
    source = f"def make({', '.join(names)}):\n def __init__({', '.join(parameters)}):\n{body}\n return __init__"
    found: dict[str, Any] = {}
    exec(source, sys.modules[made.__module__].__dict__, found)  # noqa: S102 - the names are those of the class
    init = found["make"](**names)
    init.__annotations__ = made.__annotations__ | {"return": None}
    return init


def _through_slots(made: Any, values: dict[str, str], names: dict[str, Any]) -> list[str]:
    """Return the lines of `__init__` that set each field by the descriptor of its slot, because this is fast.

    `values` maps each field to the code of its value. The names that the lines use are added to `names`.
    """
    names |= {f"_set_{name}": made.__dict__[name].__set__ for name in values}
    return [f"_set_{name}(self, {value})" for name, value in values.items()]


def _opened(made: Any, values: dict[str, str], names: dict[str, Any]) -> list[str]:
    """Return the lines of `__init__` that set all fields. The arguments are those of `_through_slots`.

    A frozen value refuses changes. So while its fields are set, it has the class `_open`, which has the same slots
    and allows changes. This halves the time for 17 fields. A value of a subclass may have more slots, so its fields
    are set without `_open`.
    """
    content = {"__slots__": made.__slots__, "__module__": made.__module__}
    names |= {"_open": type(made)(made.__name__, made.__bases__, content), "_made": made, "_set": object.__setattr__}
    names["_set_class"] = object.__dict__["__class__"].__set__
    return [
        "if self.__class__ is _made:",
        "  _set_class(self, _open)",
        *(f"  self.{name} = {value}" for name, value in values.items()),
        "  self.__class__ = _made",
        "else:",
        *(f"  _set(self, {name!r}, {value})" for name, value in values.items()),
    ]


def _guards(names: tuple[str, ...]) -> _Methods:
    """Return the methods that refuse changes of a value, and the methods with which pickle saves and restores it."""

    def refuse_setting(self: Any, name: str, value: object) -> None:
        del self, value
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def refuse_deleting(self: Any, name: str) -> None:
        del self
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def set_state(self: Any, state: list[Any]) -> None:
        for name, value in zip(names, state, strict=True):
            object.__setattr__(self, name, value)

    return {
        "__setattr__": refuse_setting,
        "__delattr__": refuse_deleting,
        "__getstate__": lambda self: [getattr(self, name) for name in names],
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
