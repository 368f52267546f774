"""An independent program reads our .qdpx file of two coders, and computes the same figures where it compares the same units."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sibtui import CodingDraft, Project, Segment, SourceDraft
from sibtui.model.saturation import BASES, RUNS, THRESHOLDS, SaturationCurve
from sibtui.project.importing.study_folder_reader import sample_draft
from tests.reference_values import reference

from .conftest import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.slow

SENTENCES = [f"Sentence number {number} is about some thing." for number in range(12)]
FIRST, SECOND = "AABBCCAABBCC", "AABBCCABBBCA"
"""The code that each coder gave each sentence."""
FIGURES = ("percent", "kappa", "alpha")


@pytest.fixture
def figures_of(qdapy_python: str) -> Callable[..., dict[str, Any]]:
    def run(path: Path, *coders: str) -> dict[str, Any]:
        done = subprocess.run(
            [qdapy_python, str(Path(__file__).with_name("qdapy_figures.py")), str(path), *coders],
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


@pytest.fixture
def study(tmp_path: Path) -> Project:
    """A study of one text. Each coder gave each sentence one code, so that the sentences are the segments too."""
    with Project.create(tmp_path / "study.sibtui", coder="R1") as project:
        project.sources.add(SourceDraft("n1", " ".join(SENTENCES)))
        for code in "ABC":
            project.codes.add(code)
        for coder, codes in (("R1", FIRST), ("R2", SECOND)):
            start = 0
            for sentence, code in zip(SENTENCES, codes, strict=True):
                project.codings.add(CodingDraft("n1", code, Segment(start, start + len(sentence)), coder=coder))
                start += len(sentence) + 1
            project.readings.add("n1", coder=coder)
        yield project


def test_figures_of_codes_are_equal_where_the_units_are_the_same(
    study: Project, figures_of: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    study.exports.qdpx(tmp_path / "study.qdpx")
    theirs = figures_of(tmp_path / "study.qdpx")
    assert theirs["coders"] == ["R1", "R2"]
    rows = {row["code"]: row for row in study.reports.agreement(draws=0).objects}
    for code in "ABC":
        assert rows[code]["units"] == theirs["codes"][code]["units"] == len(SENTENCES)
        assert rows[code]["percent"] == pytest.approx(100 * theirs["codes"][code]["percent"])
        for figure in ("kappa", "alpha"):
            assert rows[code][figure] == pytest.approx(theirs["codes"][code][figure])


def test_the_pooled_kappa_equals_the_kappa_of_units_with_one_code_each(
    study: Project, figures_of: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    study.exports.qdpx(tmp_path / "study.qdpx")
    ours = next(row for row in study.reports.agreement(draws=0).objects if row["code"] == "all codes")
    theirs = figures_of(tmp_path / "study.qdpx")
    assert ours["kappa"] == pytest.approx(theirs["kappa"])
    assert ours["alpha"] != pytest.approx(theirs["alpha"])  # alpha of which code, and of each code (docs/agreement.md)


def test_segments_that_differ_in_extent_are_other_units_there(
    figures_of: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    """A segment of one coder alone has no value of the other coder, so qdapy compares only segments of equal extent."""
    with Project.create(tmp_path / "sample.sibtui", draft=sample_draft(), coder="R5") as project:
        project.codings.import_table(SAMPLE / "second-coder.csv")
        for name in ("d1", "d2", "d3"):
            project.readings.add(name)
        project.exports.qdpx(tmp_path / "sample.qdpx")
        ours = {row["code"]: row for row in project.reports.agreement(coder=["R3", "R5"], draws=0).objects}
    theirs = figures_of(tmp_path / "sample.qdpx", "R3", "R5")["codes"]
    code = "Strengths and co-production/Co-creation practices"
    there = next(value for name, value in theirs.items() if name.endswith("Co-creation practices"))
    assert (ours[code]["units"], round(ours[code]["kappa"], 3)) == (266, 0.805)
    assert (there["units"], round(there["kappa"], 3)) == (168, 0.419)


CURVES = (
    reference("saturation_sample")["new_codes"],
    reference("saturation_qdaR")["new_codes"],
    [20, 5, 4, 4, 2, 1, 1, 0, 3, 0, 0, 0],
    [5, 0, 0, 0, 0, 0, 0],
    [9, 9, 9, 9, 9, 9, 9],
    [0, 0, 0, 0, 0, 0, 0],
    [4, 3],
)


def test_points_of_saturation_are_equal_for_all_choices(qdapy_python: str) -> None:
    cases = [(new, base, run, percent) for new in CURVES for base in BASES for run in RUNS for percent in THRESHOLDS]
    done = subprocess.run(
        [qdapy_python, str(Path(__file__).with_name("qdapy_saturation.py")), json.dumps(cases)],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for (new, base, run, percent), point in zip(cases, json.loads(done.stdout), strict=True):
        curve = SaturationCurve(tuple(new), base, run)
        reached = None if curve.why else curve.reached(percent)
        assert (None if reached is None else curve.point(percent)) == point, (new, base, run, percent)
