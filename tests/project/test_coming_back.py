"""After any change, every format of a whole study restores all of it except its history."""

from __future__ import annotations

from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING

import pytest

from sibtui.errors import SibtuiError
from sibtui.formats.refi.reader import read_qdpx
from sibtui.formats.refi.writer import write_qdpx
from sibtui.formats.study_folder.folder import read_study, write_study
from sibtui.project import Project
from sibtui.project.shared.study_io import study_draft

from .random_acts import VERBS, Acts
from .study import apply_code

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sibtui.model.drafts import StudyDraft

WAYS: dict[str, Callable[[StudyDraft], StudyDraft]] = {
    "a folder": lambda draft: read_study(dict(write_study(draft))),
    "a .qdpx": lambda draft: read_qdpx("study.qdpx", write_qdpx(draft)).study,
}


def whole(project: Project) -> StudyDraft:
    return study_draft(project._session, private_names=True)


@pytest.mark.parametrize("seed", range(8))
def test_any_study_is_complete_after_each_kind_of_export_and_import(
    project: Project, tmp_path: Path, seed: int
) -> None:
    acts = Acts(project, Random(seed))
    for verb in [*acts.random.choices(VERBS, k=50), *["matrix_define"] * 5]:
        with suppress(SibtuiError):
            getattr(acts, verb)()
    for way, through in WAYS.items():
        with Project.create(tmp_path / "again.sibtui", draft=through(whole(project)), force=True) as again:
            assert whole(again) == whole(project), way


def test_codings_of_one_place_keep_their_order_in_a_copy(project: Project, tmp_path: Path) -> None:
    for code in ("Groups", "Budgets", "Brokering"):
        apply_code(project, "A1", code)
    project.codes.move("Innovation", position=1)
    with Project.create(tmp_path / "again.sibtui", draft=WAYS["a folder"](whole(project))) as again:
        for study in (project, again):
            assert [coding.code for coding in study.codings.list()] == [
                "Innovation/Groups", "Strengths/Budgets", "Strengths/Brokering",
            ]  # fmt: skip
