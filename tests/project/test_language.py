"""The language of a study and of each source, by which sentences are cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.errors import InputError
from sibtui.model.drafts import SourceDraft
from sibtui.project import Project
from sibtui.workspace.session_state import StudyState
from sibtui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

GERMAN = (
    "Sie haben uns das am 3. Mai z. B. nie gefragt. Wir sind auch nicht auf der Liste, und das ist so mit dem Haus."
)
FIRST = "Sie haben uns das am 3. Mai z. B. nie gefragt."


def test_the_language_of_a_source_is_its_own_or_that_of_the_study_or_a_guess(empty: Project) -> None:
    empty.sources.add([SourceDraft("de", GERMAN), SourceDraft("x", "xyz"), SourceDraft("fr", GERMAN, language="fr-CA")])
    assert [empty.sources.language(name) for name in ("de", "x", "fr")] == ["de", "en", "fr"]
    assert empty.set_study(language=" PL ").language == "pl"
    assert [empty.sources.language(name) for name in ("de", "x", "fr")] == ["pl", "pl", "fr"]
    assert empty.sources.set("fr", language="").source.language == ""
    assert empty.sources.language("fr") == "pl"
    empty.history.undo()
    assert empty.sources.get("fr").language == "fr"


@pytest.mark.parametrize("given", ["German", "d!"])
def test_an_invalid_language_code_changes_nothing(project: Project, given: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not a language code"):
        project.set_study(language=given)
    with pytest.raises(InputError, match="is not a language code"):
        project.sources.set("A1", language=given)
    with pytest.raises(InputError, match="is not a language code"):
        Project.create(tmp_path / "new.sibtui", language=given)
    assert not (tmp_path / "new.sibtui").exists()
    (refused,) = project.sources.add([SourceDraft("new", "x", language=given)])
    assert (refused.outcome, "is not a language code" in refused.why) == ("refused", True)


def test_new_study_has_the_language_given(tmp_path: Path) -> None:
    with Project.create(tmp_path / "new.sibtui", language="de") as study:
        assert study.study.language == "de"


def test_the_workspace_splits_sentences_by_the_language_of_the_source(empty: Project) -> None:
    empty.sources.add([SourceDraft("de", GERMAN)])
    workspace = Workspace(empty, StudyState())
    workspace.load()
    assert workspace.selection is not None
    assert workspace.selection.quote(GERMAN) == FIRST
    empty.sources.set("de", language="en")
    workspace.reload()
    assert workspace.selecting.top() != workspace.selection
    assert workspace.selecting.top().quote(GERMAN) == "Sie haben uns das am 3."
