from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from study_values import instants, names, studies, texts
from test_study_folder import SMALL

from sibtui.formats.refi_codebook import read_qdc, write_qdc
from sibtui.formats.refi_read import read_qdpx
from sibtui.formats.refi_write import write_qdpx
from sibtui.model.attributes import canonical
from sibtui.model.codebook import join_path
from sibtui.model.drafts import CodeDraft, CodingDraft, SourceDraft, StudyDraft
from sibtui.model.records import CERTAINTIES, STANCES
from sibtui.model.segments import Segment

SCHEMAS = Path(__file__).parents[3] / "shared" / "refi-qda"
SLOW = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
validated = pytest.mark.skipif(not SCHEMAS.is_dir(), reason="the schemas of REFI-QDA are not here")


@st.composite
def coded_studies(draw) -> StudyDraft:
    """A study whose codings have their places, so that they stand in the project itself."""
    study = draw(studies())
    kept = draw(st.lists(names, min_size=1, max_size=3, unique=True))
    paths = draw(st.lists(st.lists(names, min_size=1, max_size=3).map(join_path), min_size=1, max_size=4))
    codes = tuple(CodeDraft(path) for path in dict.fromkeys(paths))
    sources = tuple(SourceDraft(name, draw(texts(min_size=1, cr=False))) for name in kept)
    labels = st.sampled_from([case.label for case in study.cases] or ["elsewhere"])

    @st.composite
    def codings(draw) -> CodingDraft:
        source = draw(st.sampled_from(sources))
        start = draw(st.integers(0, len(source.text) - 1))
        segment = Segment(start, draw(st.integers(start + 1, len(source.text))))
        return CodingDraft(
            source.name,
            draw(st.sampled_from(codes)).path,
            segment,
            draw(st.just(segment.quote(source.text)) | st.none()),
            None,
            draw(st.none() | names),
            draw(st.sampled_from(STANCES)),
            draw(st.sampled_from(CERTAINTIES)),
            draw(st.none() | st.lists(labels, max_size=2).map(tuple)),
            draw(texts()),
            draw(st.none() | instants),
        )

    return replace(study, sources=sources, codes=codes, codings=tuple(draw(st.lists(codings(), max_size=6))))


def project(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("project.qde")


def typed(study: StudyDraft) -> StudyDraft:
    """The study with its attributes' values as they are stored: 2 and 2.0 are the same number."""
    kinds = {(each.of, each.name): each.kind for each in study.attributes}

    def stored(of, attributes):
        return {name: canonical(kinds[of, name], value) for name, value in attributes.items()}

    return replace(
        study,
        cases=tuple(replace(case, attributes=stored("case", case.attributes)) for case in study.cases),
        sources=tuple(replace(source, attributes=stored("source", source.attributes)) for source in study.sources),
    )


def unfilled(back: StudyDraft, study: StudyDraft) -> StudyDraft:
    return back


def assert_valid(schema: str, xml: bytes) -> None:
    from lxml import etree

    etree.XMLSchema(etree.parse(SCHEMAS / schema)).assertValid(etree.fromstring(xml))


@SLOW
@given(studies() | coded_studies())
def test_any_study_comes_back_whole_from_a_project_which_is_then_written_the_same(study):
    data = write_qdpx(study)
    found = read_qdpx("a.qdpx", data)
    assert typed(found.study) == typed(study)
    assert not found.report.review
    assert not found.report.warnings
    assert write_qdpx(found.study) == data


@validated
@SLOW
@given(studies() | coded_studies())
def test_any_project_is_valid(study):
    assert_valid("Project.xsd", project(write_qdpx(study)))


@validated
@SLOW
@given(coded_studies())
def test_any_codebook_is_valid(study):
    if b"<Code " in project(write_qdpx(study)):
        assert_valid("Codebook.xsd", write_qdc(study))


def test_a_codebook_comes_back_with_what_it_can_hold():
    code = CodeDraft("A/B", "What.", "In.", "Out.", "So.", colour="sky")
    back = read_qdc("c.qdc", write_qdc(replace(SMALL, codes=(code,))))
    assert back.study.codes == (CodeDraft("A"), code)
