"""The frozen values are as the library's dataclasses make them."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from typing import Any

import pytest

from sibtui.model.frozen import dataclass, field, replace

OPTIONS: dict[str, dict[str, Any]] = {
    "usual": {},
    "ordered": {"order": True},
    "without fields in its text": {"repr": False},
}


def classes(options: dict[str, Any]) -> list[Any]:
    """Return the same class, made here and by the library."""
    made = []
    for decorate, field_of in ((dataclass, field), (dataclasses.dataclass, dataclasses.field)):

        @decorate(frozen=True, slots=True, **options)
        class Value:
            number: int
            text: str = "a"
            others: tuple[int, ...] = ()
            items: list[int] = field_of(default_factory=list)

            def __post_init__(self) -> None:
                object.__setattr__(self, "text", self.text.strip())

        made.append(Value)
    return made


@dataclass(frozen=True, slots=True)
class One:
    number: int


@dataclass(frozen=True, slots=True)
class Nothing:
    pass


@dataclass(frozen=True, slots=True)
class Own:
    number: int

    def __repr__(self) -> str:
        return "own"

    def __hash__(self) -> int:
        return 7


@dataclass(frozen=True, slots=True)
class Pair:
    left: int
    right: int = 2
    note: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Wide:
    one: int
    two: int = 2
    three: str = "c"
    four: list[int] = field(default_factory=list)
    five: int = 5
    six: int = 6
    seven: int = field(default=7, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "three", self.three.strip())
        if self.one < 1:
            raise ValueError("not positive")


class Wider(Wide):
    """A class that is derived from another without `dataclass`. Its values have a `__dict__`."""


class Narrow(Wide):
    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Checked:
    number: int

    def __post_init__(self) -> None:
        if self.number < 1:
            raise ValueError("not positive")


@dataclass(frozen=True, slots=True)
class More(One):
    text: str = "a"
    items: list[int] = field(default_factory=list, compare=False, repr=False)


@dataclasses.dataclass(frozen=True, slots=True)
class Most(More):
    last: int = 3


@pytest.mark.parametrize("kind", OPTIONS)
def test_a_class_is_as_the_library_makes_it(kind: str) -> None:
    ours, library = classes(OPTIONS[kind])
    assert str(inspect.signature(ours)) == str(inspect.signature(library))
    assert ours.__slots__ == library.__slots__
    assert ours.__match_args__ == library.__match_args__
    assert [f.name for f in dataclasses.fields(ours)] == [f.name for f in dataclasses.fields(library)]
    for name in ("__init__", "__eq__", "__hash__", "__setattr__"):
        assert getattr(ours, name).__qualname__ == getattr(library, name).__qualname__
    if kind != "without fields in its text":
        assert repr(ours(1, " b ")) == repr(library(1, " b "))
    assert dataclasses.asdict(ours(1)) == dataclasses.asdict(library(1))
    assert dataclasses.replace(ours(1), text="c") == ours(1, "c")
    assert ours(1).items is not ours(1).items
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'number'"):
        ours()


def test_values_of_one_class_with_equal_fields_are_equal() -> None:
    ours, other = classes({})[0], classes({})[0]
    assert ours(1) == ours(1) != ours(2)
    assert ours(1) != other(1)
    assert One(1) == One(1) != One(2)
    assert Nothing() == Nothing() != One(1)
    assert len({One(1), One(1), One(2), Nothing(), Nothing()}) == 3
    assert hash(One(1)) == hash((1,))


def test_ordered_values_compare_by_their_fields() -> None:
    ours, other = classes({"order": True})[0], classes({"order": True})[0]
    assert ours(1) < ours(2) > ours(1, "b")
    assert ours(1) <= ours(1) >= ours(1)
    with pytest.raises(TypeError):
        ours(1) < other(2)  # noqa: B015


def test_a_value_cannot_be_changed() -> None:
    value = One(1)
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'number'"):
        value.number = 2  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'number'"):
        del value.number
    assert value == One(1)


def test_copies_and_pickles_are_equal() -> None:
    for value in (One(1), Nothing(), Own(3)):
        pickled = pickle.loads(pickle.dumps(value))  # noqa: S301 - bytes of this test
        assert copy.copy(value) == copy.deepcopy(value) == pickled == value


def test_a_class_can_add_fields() -> None:
    assert repr(Most(1)) == "Most(number=1, text='a', last=3)"
    assert More(1) == More(1, "a") != One(1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        More(1).number = 2  # type: ignore[misc]


def test_own_methods_are_kept() -> None:
    assert (repr(Own(1)), hash(Own(1)), Own(1)) == ("own", 7, Own(1))


def test_other_kinds_of_classes_are_refused() -> None:
    with pytest.raises(AssertionError):
        dataclass(frozen=False, slots=True)
    with pytest.raises(AssertionError):
        field(kw_only=True)


def test_the_first_values_are_equal_to_those_of_the_compiled_method() -> None:
    """The method `__init__` is compiled after 100 values. Before and after that, arguments may be positional or named."""

    @dataclass(frozen=True, slots=True)
    class Value:
        number: int
        text: str = "a"
        items: list[int] = field(default_factory=list)
        last: int = field(default=7)

    made = [
        (Value(number), Value(number, "b"), Value(text="b", number=number), Value(number, "a", [1], last=8))
        for number in range(40)  # four values each
    ]
    assert inspect.isfunction(vars(Value)["__init__"])
    for number, (plain, placed, named, full) in enumerate(made):
        assert (plain.number, plain.text, plain.items, plain.last) == (number, "a", [], 7)
        assert placed == named == Value(number, "b")
        assert (full.items, full.last) == ([1], 8)
        assert plain.items is not made[0][1].items


@pytest.mark.parametrize("values_before", [0, 150])
def test_wrong_arguments_are_refused_at_once_and_later(values_before: int) -> None:
    def value() -> Any:
        return dataclass(frozen=True, slots=True)(
            type("Value", (), {"__annotations__": {"left": "int", "right": "int"}})
        )

    for args, given, message in (
        ((1,), {}, "missing 1 required positional argument: 'right'"),
        ((1, 2, 3), {}, "takes 3 positional arguments but 4 were given"),
        ((1, 2), {"left": 1}, "multiple values for argument 'left'"),
        ((1, 2), {"other": 1}, "unexpected keyword argument 'other'"),
    ):
        kind = value()
        for _ in range(values_before):
            kind(1, 2)
        with pytest.raises(TypeError, match=message):
            kind(*args, **given)


def test_a_first_value_is_checked_by_its_class() -> None:
    for _ in range(120):
        with pytest.raises(ValueError, match="not positive"):
            Checked(0)
        assert Checked(3) == Checked(3)


def test_values_with_many_fields_are_equal_to_those_with_few() -> None:
    """An `__init__` for many fields is compiled in another way."""
    made = [(Wide(1), Wide(1, 3, " d ", seven=0)) for _ in range(60)]
    assert inspect.isfunction(vars(Wide)["__init__"])
    for plain, full in made:
        assert type(plain) is Wide
        assert repr(plain) == "Wide(one=1, two=2, three='c', four=[], five=5, six=6, seven=7)"
        assert plain == Wide(1) != full == Wide(1, two=3, three="d")
        assert plain.four is not made[0][0].four or plain is made[0][0]
        assert pickle.loads(pickle.dumps(full)) == copy.deepcopy(full) == full  # noqa: S301 - bytes of this test
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'one'"):
        made[-1][0].one = 2  # type: ignore[misc]
    with pytest.raises(ValueError, match="not positive"):
        Wide(0)
    with pytest.raises(TypeError, match="unexpected keyword argument 'other'"):
        Wide(1, other=2)  # type: ignore[call-arg]


@pytest.mark.parametrize("kind", [Wider, Narrow])
def test_values_of_a_derived_class_keep_their_class(kind: type[Wide]) -> None:
    for value in [kind(1, three=" d ") for _ in range(60)]:
        assert type(value) is kind
        assert (value.one, value.three, value.seven) == (1, "d", 7)


def test_a_field_can_be_left_out_of_comparisons_and_texts() -> None:
    assert Pair(1, note="a") == Pair(1, note="b") != Pair(2)
    assert hash(Pair(1, note="a")) == hash(Pair(1))
    assert repr(Pair(1, note="a")) == f"{Pair.__qualname__}(left=1, right=2)"
    assert pickle.loads(pickle.dumps(Pair(1, note="a"))).note == "a"  # noqa: S301 - bytes of this test


def test_replace_makes_the_copy_that_the_library_makes() -> None:
    for value in (Pair(1, 3, "n"), Most(1, "b", [2], 4), Own(5)):
        assert replace(value) == dataclasses.replace(value) == value
    assert replace(Pair(1, note="n"), left=7, right=8) == Pair(7, 8)
    assert replace(Pair(1, note="n"), left=7).note == "n"
    with pytest.raises(ValueError, match="not positive"):
        replace(Checked(1), number=0)
    with pytest.raises(TypeError, match="unexpected keyword argument 'middle'"):
        replace(Pair(1), middle=2)


def test_a_field_with_options_may_have_no_default() -> None:
    @dataclass(frozen=True, slots=True)
    class Value:
        number: int = field(compare=False)

    assert Value(1) == Value(2)
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'number'"):
        Value()  # type: ignore[call-arg]
