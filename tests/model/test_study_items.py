"""The items of a study: their keys, their fields, and what they refer to."""

from __future__ import annotations

from dataclasses import replace

from sibtui.model.study_items import EMPTY, FIELDS, items_of, owners, uses

from .study_copies import STUDY, SUMMARISED, changed, coding

ITEMS = items_of(STUDY)


def test_every_kind_has_items_with_all_its_fields() -> None:
    kinds = items_of(SUMMARISED).kinds
    for kind, fields in FIELDS.items():
        assert kinds[kind], kind
        assert all(len(values) == len(fields) for values in kinds[kind].values()), kind


def test_items_refer_to_each_other_by_lasting_ids() -> None:
    renamed = items_of(
        replace(
            changed(changed(changed(STUDY, "codes", "c1", path="Trust/First"), "cases", "ca", label="Z"), "sources", "s1", name="1"),
            cases=(replace(STUDY.cases[0], label="Z"), STUDY.cases[1]),
            sources=(replace(STUDY.sources[0], name="1", cases=("Z",)), replace(STUDY.sources[1], cases=("Z", "B"))),
            codings=(replace(STUDY.codings[0], source="1", code="Trust/First", cases=("Z",)),),
            topics=(), readings=(), rounds=(), memos=(), matrices=(),
        )
    )  # fmt: skip
    assert renamed.kinds["coding"]["k1"] == ITEMS.kinds["coding"]["k1"]
    assert renamed.kinds["source case"] == ITEMS.kinds["source case"]


def test_an_item_needs_its_owners() -> None:
    of = {
        kind: owners(kind, *next(iter(ITEMS.kinds[kind].items())))
        for kind in (
            "case attribute",
            "source case",
            "source attribute",
            "code event",
            "coding",
            "matrix row",
            "judgement",
        )
    }
    assert of == {
        "case attribute": (("case", "ca"), ("attribute", "at1")),
        "source case": (("source", "s1"), ("case", "ca")),
        "source attribute": (("source", "s1"), ("attribute", "at2")),
        "code event": (("code", "t2"),),
        "coding": (("source", "s1"), ("code", "c1")),
        "matrix row": (("matrix", "x1"),),
        "judgement": (("matrix row", ("x1", "Trust")), ("case", "ca")),
    }


def test_owners_that_only_some_items_have() -> None:
    def all_owners(kind: str) -> list[object]:
        return [owners(kind, key, fields) for key, fields in ITEMS.kinds[kind].items()]

    assert all_owners("code") == [(), (("code", "t1"),), (("code", "t1"),), ()]
    assert all_owners("topic")[1] == (("source", "s2"), ("code", "t2"), ("source case", ("s2", "cb")))
    assert all_owners("reading") == [(("source", "s1"),), (("source", "s2"), ("code", "t2"))]
    assert all_owners("matrix") == [(), (("code", "t1"),)]
    assert all_owners("memo") == [(), (("case", "ca"),), (("code", "t2"),), (("matrix", "x1"),)]
    assert all_owners("matrix note")[-1] == (("matrix row", ("x2", "Money")),)
    assert all_owners("study") == [()]


def test_a_coding_uses_cases_of_its_source_and_a_matrix_row_uses_its_codes() -> None:
    assert uses("coding", "k2", ITEMS.kinds["coding"]["k2"])[:2] == (("source", "s2"), ("code", "c2"))
    assert set(uses("coding", "k2", ITEMS.kinds["coding"]["k2"])[2:]) == {
        ("source case", ("s2", "ca")), ("source case", ("s2", "cb")),
    }  # fmt: skip
    row = ("x1", "Trust")
    assert uses("matrix row", row, ITEMS.kinds["matrix row"][row])[1:] == (("code", "c1"), ("code", "c2"))
    assert uses("memo", "m1", ITEMS.kinds["memo"]["m1"]) == ()


def test_the_path_of_a_code() -> None:
    assert ITEMS.path("c1") == "Trust/Before"
    assert ITEMS.path("gone") == EMPTY.path("c1") == ""


def test_codings_that_are_known_are_shared() -> None:
    codings = (STUDY.codings[0], replace(STUDY.codings[1], memo="new"), coding("k9", "one", "Money", 0, 4))
    again = items_of(replace(STUDY, codings=codings), ITEMS).kinds["coding"]
    assert list(again) == ["k1", "k2", "k9"]
    assert again["k1"] is ITEMS.kinds["coding"]["k1"]
    assert again["k2"] != ITEMS.kinds["coding"]["k2"]


def test_a_row_on_a_query_needs_its_query() -> None:
    key = ("x2", "Doubts")
    fields = ITEMS.kinds["matrix row"][key]
    assert fields[:2] == ((), "q1")
    assert owners("matrix row", key, fields) == (("matrix", "x2"), ("query", "q1"))
    assert uses("matrix row", key, fields) == owners("matrix row", key, fields)
