"""Columns of attributes in tables of codings, and tables with such columns that are read back."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from sibtui.errors import NotFoundError
from sibtui.model.drafts import CodingDraft, SourceDraft
from sibtui.model.segments import Segment
from sibtui.project import Project

if TYPE_CHECKING:
    from pathlib import Path

ATTRIBUTES = ("Stage", "size, in people")


@pytest.fixture
def talk(empty: Project) -> Project:
    _add_items(empty)
    empty.codings.import_(
        [
            CodingDraft("talk", "Trust", Segment(0, 5), cases=("A", "B"), round=2, for_paper=True, how="search"),
            CodingDraft("talk", "Money, time", Segment(12, 17), cases=("B",), round=1, how="heading"),
            CodingDraft("talk", "Trust", Segment(12, 17), cases=(), round=3),
        ]
    )
    return empty


def _add_items(project: Project) -> None:
    project.cases.add("A", attributes={"Stage": "early"})
    project.cases.add("B", attributes={"Stage": "late", "size, in people": "12"})
    project.codes.add("Trust")
    project.codes.add("Money, time")
    project.sources.add(
        SourceDraft("talk", "Trust takes time.\n", cases=("A", "B"), attributes={"Stage": "late"}), strict=True
    )


def test_a_coding_has_the_values_of_its_cases_and_of_its_source(talk: Project) -> None:
    names, values = talk.attributes.of_codings(talk.codings.list(), ["stage", *ATTRIBUTES])
    assert names == ATTRIBUTES
    assert list(values) == [("early; late", "12"), ("late", "12"), ("late", "")]


def test_the_table_has_a_column_for_each_attribute(talk: Project) -> None:
    rows = list(csv.DictReader(io.StringIO("".join(talk.exports.codings_csv(with_attributes=ATTRIBUTES)))))
    assert list(rows[0])[-2:] == ["attribute:Stage", "attribute:size, in people"]
    dicts = talk.codings.to_dicts(with_attributes=ATTRIBUTES)
    for row, same in zip(rows, dicts, strict=True):
        assert [row[f"attribute:{name}"] for name in ATTRIBUTES] == [same[f"attribute:{name}"] for name in ATTRIBUTES]


def test_without_names_there_are_no_columns_of_attributes(talk: Project) -> None:
    assert "attribute" not in "".join(talk.exports.codings_csv())
    assert [key for row in talk.codings.to_dicts() for key in row if "attribute" in key] == []


def test_an_unknown_attribute_is_refused_even_without_codings(empty: Project) -> None:
    with pytest.raises(NotFoundError, match="No attribute is named “Nowhere”"):
        empty.attributes.of_codings([], ["Nowhere"])
    with pytest.raises(NotFoundError):
        empty.exports.codings_csv(with_attributes="Nowhere")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("attributes", [(), ATTRIBUTES])
def test_a_table_that_is_read_back_keeps_all_fields(
    talk: Project, tmp_path: Path, form: str, attributes: tuple[str, ...]
) -> None:
    if form == "csv":
        data = "".join(talk.exports.codings_csv(with_attributes=attributes)).encode()
    else:
        data = talk.exports.codings_xlsx(with_attributes=attributes)
    same = talk.codings.import_table(data, name=f"codings.{form}")
    assert (same.added, same.same, same.refused, len(same.changed)) == (0, 3, (), 0)
    kept = [{**row, "number": 0} for row in talk.codings.to_dicts()]
    with Project.create(tmp_path / "other.sibtui") as other:
        _add_items(other)
        assert other.codings.import_table(data, name=f"codings.{form}", strict=True).added == 3
        assert [{**row, "number": 0} for row in other.codings.to_dicts()] == kept


@pytest.mark.parametrize("name", ["codings.csv", "codings.xlsx"])
def test_a_review_file_keeps_all_fields_of_its_rows(talk: Project, tmp_path: Path, name: str) -> None:
    data = talk.exports.codings_csv() if name.endswith("csv") else talk.exports.codings_xlsx()
    table = data if isinstance(data, bytes) else "".join(data).encode()
    with Project.create(tmp_path / "other.sibtui") as other:
        _add_items(other)
        other.codes.remove("Trust")
        report = other.codings.import_table(table, name=name)
        rows = list(csv.DictReader(io.StringIO(report.review_csv())))
        assert [(row["round"], row["for_paper"], row["how"]) for row in rows] == [
            ("2", "yes", "search"), ("3", "no", "")
        ]  # fmt: skip
        other.codes.add("Trust")
        assert other.codings.import_table(report.review_csv().encode(), name="review.csv").added == 2
        assert [coding.round for coding in other.codings.list()] == [2, 1, 3]


def test_words_of_other_tables_are_no_fields_of_sibtui(talk: Project) -> None:
    table = b"source,quote,code,how,round,mood\ntalk,takes,Trust,by phone,pilot,good\n"
    assert talk.codings.import_table(table, name="table.csv").added == 1
