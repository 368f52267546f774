"""A leading `-p` is `--project`."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("empty")


def test_a_leading_p_names_the_study_and_a_missing_one_is_wrong_usage(run, tmp_path) -> None:
    assert run("new", tmp_path / "other.sibtui").status == 0
    assert run("-p", tmp_path / "other.sibtui", "code", "add", "Trust").status == 0
    assert (
        run("-p", tmp_path / "other.sibtui", "code", "list", "--format", "csv").out.splitlines()[1].startswith("Trust,")
    )
    alone = run("-p")
    assert (alone.status, "Option '-p' requires an argument" in alone.err) == (2, True)
