"""Names, texts and cases of codings are looked up one by one, with the same results as in the whole study."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.errors import AmbiguousError, ConflictError, InputError, NotFoundError
from sibtui.model.drafts import CaseDraft, CodeDraft, CodingDraft, SourceDraft, StudyDraft
from sibtui.model.records import Study
from sibtui.model.segments import Segment
from sibtui.project import Project
from sibtui.project.importing import coding_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXT = "They never asked before. They never asked again."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    draft = StudyDraft(
        study=Study("Study", "guid", "", "2026-05-07T09:00:00.001Z", 1),
        cases=(CaseDraft("Zeta"), CaseDraft("Alpha"), CaseDraft("Elsewhere")),
        sources=(
            SourceDraft("One", TEXT, cases=("Zeta",)),
            SourceDraft("Two", TEXT, cases=("Zeta", "Alpha")),
            SourceDraft("None", TEXT),
        ),
        codes=(
            CodeDraft("Theme/Trust"), CodeDraft("Other/Trust"), CodeDraft("Theme/And\\/or"), CodeDraft("Other/Deep/Cost"),
            CodeDraft("Other/Old", status="retired"),
        ),
    )  # fmt: skip
    with Project.create(tmp_path / "study.sibtui", draft=draft, coder="Ada") as project:
        yield project


def draft(source: str = "One", code: str = "Theme/Trust", cases: tuple[str, ...] | None = None) -> CodingDraft:
    return CodingDraft(source, code, Segment(0, 4), cases=cases)


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("Theme/Trust", "Theme/Trust"),
        (" Theme / trust ", "Theme/Trust"),
        ("Theme/And\\/or", "Theme/And\\/or"),
        ("other/deep/COST", "Other/Deep/Cost"),
        ("cos", "Other/Deep/Cost"),
        ("Theme", "Theme"),
    ],
)
def test_a_code_is_found_by_its_path_or_a_part_of_it(project: Project, written: str, path: str) -> None:
    assert project.codings.add(draft(code=written)).code == path


def test_the_error_about_a_wrong_code_name_lists_the_most_similar_codes(project: Project) -> None:
    with pytest.raises(AmbiguousError, match=r"Theme/Trust.*Other/Trust"):
        project.codings.add(draft(code="TRUST"))
    with pytest.raises(NotFoundError, match="did you mean “Other/Deep/Cost”"):
        project.codings.add(draft(code="Costs"))
    with pytest.raises(NotFoundError, match="A code needs a name"):
        project.codings.add(draft(code=" "))


@pytest.mark.parametrize("written", ["Other/Old", "old"])
def test_a_retired_code_cannot_be_applied(project: Project, written: str) -> None:
    with pytest.raises(ConflictError, match="“Other/Old” is retired"):
        project.codings.add(draft(code=written))


def test_codes_in_a_file_must_have_full_names(project: Project) -> None:
    imported = project.codings.import_([draft(code="Cos"), draft(code="Deep/Cost")])
    assert (imported.added, [refused.why for refused in imported.refused]) == (
        0,
        ["No code is named “Cos”; did you mean “Other/Deep/Cost”?"],
    )
    assert project.codings.add(draft(code="Cos")).code == "Other/Deep/Cost"


def test_names_of_sources_and_cases_may_be_in_other_letter_case(project: Project) -> None:
    added = project.codings.add(draft("two", cases=("ALPHA",)))
    assert (added.source, added.cases) == ("Two", ("Alpha",))


def test_a_coding_gets_the_only_case_of_its_source_and_none_if_there_are_several_or_none(project: Project) -> None:
    assert [project.codings.add(draft(source)).cases for source in ("One", "Two", "None")] == [("Zeta",), (), ()]


def test_the_cases_of_a_coding_are_in_the_order_of_the_study(project: Project) -> None:
    project.codings.add(draft("Two", cases=("Alpha", "Zeta")))
    assert next(project.codings.list()).cases == ("Zeta", "Alpha")


@pytest.mark.parametrize(("source", "touched"), [("Two", "Zeta, Alpha"), ("None", "no case")])
def test_a_case_that_the_source_is_not_about_is_refused(project: Project, source: str, touched: str) -> None:
    with pytest.raises(InputError, match=f"“{source}” is about {touched}, not about Elsewhere"):
        project.codings.add(draft(source, cases=("Elsewhere",)))


def test_the_same_coding_is_refused_once_and_skipped_in_an_import(project: Project) -> None:
    project.codings.add(draft())
    with pytest.raises(ConflictError, match="One” 0:4 has this coding already"):
        project.codings.add(draft())
    done = project.codings.import_([draft(), draft("Two"), draft("Two")])
    assert (done.added, done.same) == (1, 2)


def test_an_import_finds_each_quote_even_if_it_changes_between_many_texts(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coding_rows, "_TEXT_CACHE", len(TEXT) + 1)
    sources = ["One", "Two", "None"] * 3
    done = project.codings.import_(
        CodingDraft(source, "Theme/Trust", Segment(at, at + 5)) for at, source in enumerate(sources)
    )
    assert done.added == len(sources)
    assert {coding.quote for coding in project.codings.list()} == {TEXT[at : at + 5] for at in range(len(sources))}
