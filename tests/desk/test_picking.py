from __future__ import annotations

from sibtui.desk.picking import pick
from sibtui.model.records import Code

NAMES = {
    "Money": "", "Money/Who carries the loss": "who pays when an outcome is missed", "Money/Paid in advance": "", "People": "",
    "People/Brokering and coaching": "a go-between opens doors", "People/Distrust": "", "People/Trust": "faith in others",
}  # fmt: skip
CODES = [
    Code(at, None, path.rpartition("/")[2], path, told, "", "", "", "emergent", "active", None, None, "")
    for at, (path, told) in enumerate(NAMES.items())
]


def found(typed: str, recent: tuple[str, ...] = ()) -> list[str]:
    return [hit.code.name for hit in pick(typed, CODES, recent)]


def test_with_nothing_typed_the_codes_used_last_come_first():
    assert found("", ("People/Trust",))[:2] == ["Trust", "Money"]


def test_a_name_that_begins_so_comes_before_one_that_has_it_inside():
    assert found("trust") == ["Trust", "Distrust"]


def test_of_names_that_fit_alike_the_one_used_last_comes_first():
    assert found("money")[0] == "Money"
    assert found("p", ("Money/Paid in advance",))[0] == "Paid in advance"


def test_initials_name_a_code():
    assert found("bac") == ["Brokering and coaching"]


def test_words_may_come_in_any_order_and_from_the_path():
    assert found("loss who") == ["Who carries the loss"]
    assert found("people trust") == ["Trust", "Distrust"]


def test_a_definition_is_searched_too():
    assert found("outcome missed") == ["Who carries the loss"]


def test_a_misspelling_finds_what_is_like_it():
    assert "Brokering and coaching" in found("brokring and coching")


def test_nothing_fits_what_is_like_nothing():
    assert found("zzzzqqq") == []


def test_what_was_typed_is_marked_in_the_name():
    (hit, *_) = pick("trust", CODES, ())
    assert hit.marks == ((0, 5),)
