"""JSON is for programs: one object per `show`, a list per `list`, arrays for cases, and the same fields everywhere."""

from __future__ import annotations

from types import NoneType
from typing import Any

import pytest

OBJECTS = {
    "source show a1": {
        "name": str, "title": str, "kind": str, "fidelity": str, "language": str, "cases": list, "reading": str, "read": str,
        "readings": list, "added": str, "characters": int, "version": int, "original": str, "sha256": str, "codings": int,
        "unattributed": int, "sets": list, "attributes": dict, "topics": list,
    },
    "code show Trust": {
        "code": str, "definition": str, "include": str, "exclude": str, "example": str, "origin": str, "status": str,
        "colour": str, "key": str, "since": str, "codings": int, "lineage": list,
    },
    "coding show 64": {
        "number": int, "source": str, "start": int, "end": int, "before": str, "quote": str, "after": str, "code": str,
        "coder": str, "stance": str, "certainty": str, "cases": list, "memo": str, "created": str, "undecided": bool,
        "round": int, "for_paper": bool, "how": str,
    },
    "memo show 1": {
        "number": int, "on": str, "of": str, "coding": NoneType, "title": str, "text": str, "coder": str, "created": str,
    },
    "study show": {
        "name": str, "description": str, "language": str, "agreement": str, "created": str, "id": str, "file": str, "first_note": int,
        "sources": int, "read": int, "cases": int, "codes": int, "codings": int, "unattributed": int, "memos": int,
        "matrices": int, "coders": list,
    },
    "history show 1": {
        "act": int, "at": str, "coder": str, "verb": str, "summary": str, "state": str, "changes": list,
        "digest": str,
    },
    "matrix show table-1": {"name": str, "rows": list},
}  # fmt: skip
"""Command → the fields of its JSON and their types. A field is renamed or removed only after a release that warns."""

LISTS = {
    "source list": {"name": str, "title": str, "kind": str, "cases": list, "read_by": list, "codings": int},
    "code list": {"code": str, "status": str, "key": str},
    "coding list": {
        "number": int, "source": str, "start": int, "end": int, "quote": str, "code": str, "coder": str, "stance": str,
        "certainty": str, "cases": list, "memo": str, "created": str,
    },
    "memo list": {"number": int, "on": str, "of": str, "coding": NoneType, "title": str, "text": str},
    "matrix list": {"name": str, "title": str, "rows": int, "needs": list, "leave_out": list},
    "matrix evidence table-1": {
        "matrix": str, "row": str, "column": str, "state": str, "reasons": list, "judged": str, "changed": list,
        "coding": int, "source": str, "start": int, "end": int, "quote": str, "code": str, "cases": list,
    },
    "case list": {"case": str, "letter": str, "codings": int},
    "history list": {"act": int, "verb": str, "state": str},
    "reading list": {"source": str, "coder": str, "code": NoneType, "at": str},
    "source topics": {"source": str, "case": str, "code": str, "state": str},
    "report cases": {"attribute": str, "cases": dict},
    "report interviews": {
        "case": str, "interviews": int, "interview_types": str, "organisation_types": str, "people": int, "organisations": int,
    },
}  # fmt: skip


OLD = {
    "source topics": ("topic",),
    "report cases": ("Attribute", "SIB A", "SIB B", "SIB C", "SIB D"),
    "report interviews": (
        "Case",
        "Interviews",
        "Interview type (people)",
        "Organisation types",
        "People",
        "Organisations",
    ),
}
"""Command → the old names of fields. They are kept beside the new names for one release."""


def fields_of(value: dict[str, Any], expected: dict[str, type]) -> dict[str, type]:
    """Return the actual types of the expected fields."""
    return {name: type(value[name]) for name in expected if name in value}


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("command", OBJECTS)
def test_the_command_show_prints_one_object_with_named_fields(run, command: str) -> None:
    run("code", "add", "New")
    shown = run(*command.split(), "--format", "json").json
    assert isinstance(shown, dict)
    assert fields_of(shown, OBJECTS[command]) == OBJECTS[command]
    if command != "matrix show table-1":
        assert set(shown) == set(OBJECTS[command])


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("command", LISTS)
def test_the_command_list_prints_one_object_per_row(run, command: str) -> None:
    run("code", "add", "New")
    rows = run(*command.split(), "--format", "json").json
    assert isinstance(rows, list)
    assert fields_of(rows[0], LISTS[command]) == LISTS[command]
    assert all(set(row) == set(rows[0]) for row in rows)


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("command", [*OBJECTS, *LISTS])
def test_no_field_of_json_has_a_space_or_a_capital(run, command: str) -> None:
    run("code", "add", "New")
    shown = run(*command.split(), "--format", "json").json
    for row in [shown] if isinstance(shown, dict) else shown:
        new = set(row).difference(OLD.get(command, ()))
        assert all(name == name.lower().replace(" ", "_") for name in new), command


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("command", OLD)
def test_old_fields_are_kept_beside_the_new_fields(run, command: str) -> None:
    for row in run(*command.split(), "--format", "json").json:
        assert set(OLD[command]) <= set(row)


@pytest.mark.usefixtures("sample")
def test_old_fields_have_the_same_values_as_the_new_fields(run) -> None:
    assert all(row["topic"] == row["code"] for row in run("source", "topics", "--format", "json").json)
    assert all(row["SIB B"] == row["cases"]["SIB B"] for row in run("report", "cases", "--format", "json").json)
    total = run("report", "interviews", "--format", "json").json[-1]
    assert total["people"] == total["People"] == 19


@pytest.mark.usefixtures("sample")
def test_a_memo_of_a_coding_has_the_number_of_the_coding(run) -> None:
    run("memo", "add", "--coding", "3", "Ask.")
    (memo,) = run("memo", "list", "--coding", "3", "--format", "json").json
    assert (memo["number"], memo["coding"], memo["of"]) == (None, 3, "3")


@pytest.mark.usefixtures("sample")
def test_published_interviews_have_the_same_field_names(run) -> None:
    row = run("report", "interviews", "--as-published", "--format", "json").json[0]
    assert (row["case"], row["interviews"], row["SIB(S)"]) == ("A", 4, "A")
    assert "people" not in row


@pytest.mark.usefixtures("sample")
def test_a_judged_cell_without_quotes_has_no_numbers(run) -> None:
    run(
        "matrix",
        "judge",
        "table-1",
        "More flexible workload distribution",
        "SIB B",
        "present",
        "--because",
        "Seen there.",
    )
    rows = run("matrix", "evidence", "table-1", "--format", "json").json
    (row,) = [row for row in rows if row["judged"] == "Seen there."]
    assert (row["coding"], row["start"], row["end"], row["quote"], row["cases"]) == (None, None, None, "", [])
