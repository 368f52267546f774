"""Words of a study: the reference values of the sample, and what is counted with filters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.reference_values import reference

from .study import add_code, add_source, apply_code

if TYPE_CHECKING:
    from sibtui.project import Project

REFERENCE = reference("words_sample")["expected"]


@pytest.fixture
def study(project: Project) -> Project:
    """A dialogue with two codings of Money that overlap, and one of Time."""
    add_source(
        project,
        "n1",
        text="Interviewer: Which money?\n\nAnn: The rate card paid late.\n\nInterviewer: Why?\n\nAnn: Nobody knew.",
    )
    for path in ("Money", "Time"):
        add_code(project, path)
    rate = len("Interviewer: Which money?\n\nAnn: The ")
    apply_code(project, "n1", "Money", rate, rate + 9)
    apply_code(project, "n1", "Money", rate + 5, rate + 14)
    apply_code(project, "n1", "Time", rate + 15, rate + 19)
    return project


def words(project: Project, **arguments) -> dict[str, int]:
    return {each["word"]: each["count"] for each in project.reports.words(at_least=1, **arguments).objects}


def test_the_sample_has_the_words_of_the_reference(sample: Project) -> None:
    found = words(sample)
    assert sum(found.values()) == REFERENCE["words"]
    assert len(found) == REFERENCE["different"]
    for word in ("coach", "coaches", "trust", "card", "star"):
        assert found[word] == REFERENCE[word]
    assert sum(1 for _ in sample.sources.search("rate card")) == REFERENCE["places of the phrase rate card"]


def test_a_source_of_two_cases_counts_in_both_columns(sample: Project) -> None:
    for each in sample.reports.words(by="case", at_least=20).objects:
        assert max(each["groups"].values()) <= each["count"] <= sum(each["groups"].values())
    by_source = sample.reports.words(by="source", at_least=20).objects
    assert all(sum(each["groups"].values()) == each["count"] for each in by_source)
    by_kind = sample.reports.words(by="kind", at_least=20).objects
    assert all(sum(each["groups"].values()) == each["count"] for each in by_kind)


def test_a_filter_of_codings_counts_each_place_of_their_text_once(study: Project) -> None:
    assert words(study, code="Money") == {"rate": 1, "card": 1, "paid": 1}
    assert "Only words in codings, each place once." in study.reports.words(code="Money").below
    assert words(study, source="n1", coder=study.coder) == {"rate": 1, "card": 1, "paid": 1, "late": 1}
    assert f"Coder: {study.coder} only." in study.reports.words(coder=study.coder).below


def test_columns_by_code_count_the_words_in_their_codings(study: Project) -> None:
    rows = {each["word"]: each["groups"] for each in study.reports.words(by="code", at_least=1).objects}
    assert rows["card"] == {"Money": 1, "Time": 0}
    assert rows["late"] == {"Money": 0, "Time": 1}
    assert rows["why"] == {"Money": 0, "Time": 0}


def test_columns_by_case_count_the_words_of_the_codings_about_the_case(study: Project) -> None:
    text = "Ann came. Ben and Eve left."
    add_source(study, "talk", "SIB A", "SIB B", text=text)
    apply_code(study, "talk", "Money", 0, 8, cases=("SIB A",))
    apply_code(study, "talk", "Money", 4, 13, cases=("SIB B",))
    apply_code(study, "talk", "Money", 14, 26, cases=("SIB A", "SIB B"))
    apply_code(study, "talk", "Time", 10, 13, cases=())
    for chosen in ({"code": "Money"}, {"where": "code Money and source talk"}):
        found = {each["word"]: each["groups"] for each in study.reports.words(by="case", at_least=1, **chosen).objects}
        assert found["ann"] == {"SIB A": 1, "SIB B": 0}
        assert found["came"] == found["eve"] == {"SIB A": 1, "SIB B": 1}
        assert found["ben"] == {"SIB A": 0, "SIB B": 1}
    of_time = study.reports.words(by="case", at_least=1, code="Time", source="talk").objects
    assert [(each["count"], each["groups"]) for each in of_time] == [(1, {"SIB A": 0, "SIB B": 0})]


def test_columns_by_case_have_the_figures_of_the_case_alone(sample: Project) -> None:
    both = sample.reports.words(code="Rate card", by="case", at_least=1).objects
    for case in ("SIB A", "SIB B", "SIB C", "SIB D"):
        alone = words(sample, code="Rate card", case=case)
        assert {each["word"]: each["groups"][case] for each in both if each["groups"][case]} == alone
    only = sample.reports.words(code="Rate card", case="SIB B", by="case", at_least=1).objects
    assert all(each["groups"] == {"SIB B": each["count"]} for each in only)


def test_turns_of_interviewers_are_left_out_on_request(study: Project) -> None:
    assert "which" in words(study, source="n1")
    answered = words(study, source="n1", without_interviewers=True)
    assert "which" not in answered
    assert answered["nobody"] == 1
    add_source(study, "n2", text="No speakers here.")
    below = study.reports.words(source=["n1", "n2"], without_interviewers=True).below
    assert "Turns of interviewers are left out. Without a known interviewer, and read whole: 1 source." in below


def test_the_labels_of_speakers_do_not_count(study: Project) -> None:
    line = "The labels of speakers are left out."
    assert words(study, source="n1") == {
        "which": 1, "money": 1, "the": 1, "rate": 1, "card": 1, "paid": 1, "late": 1, "why": 1, "nobody": 1, "knew": 1,
    }  # fmt: skip
    assert words(study, source="n1", without_interviewers=True).keys() == {
        "the",
        "rate",
        "card",
        "paid",
        "late",
        "nobody",
        "knew",
    }
    text = study.sources.text("n1")
    apply_code(study, "n1", "Time", text.index("Interviewer: Why"), text.index("Nobody") + 6)
    assert words(study, code="Time") == words(study, where="code Time") == {"late": 1, "why": 1, "nobody": 1}
    assert words(study, code="Time", without_interviewers=True) == {"late": 1, "nobody": 1}
    assert {each["word"]: each["groups"] for each in study.reports.words(by="code", at_least=1, source="n1").objects}[
        "why"
    ] == {
        "Money": 0,
        "Time": 1,
    }
    assert line in study.reports.words(code="Time").below
    assert line not in study.reports.words(source="A1").below


def test_labels_of_a_given_pattern_do_not_count(study: Project) -> None:
    add_source(study, "n2", text="Ann spoke> Mary came.\nBen spoke> She left.")
    assert "spoke" in words(study, source="n2")
    assert words(study, source="n2", speaker_pattern=r"^(?P<speaker>\w+) spoke>") == {
        "mary": 1,
        "came": 1,
        "she": 1,
        "left": 1,
    }


def test_words_before_the_first_turn_and_after_the_last_one_count(study: Project) -> None:
    add_source(study, "n2", text="Recorded in May.\n\nAnn: Yes.\nBen: No.\nAnn:\nBen: Perhaps.\n\n")
    assert words(study, source="n2") == {"recorded": 1, "in": 1, "may": 1, "yes": 1, "no": 1, "perhaps": 1}


def test_stop_words_and_a_list_of_words_are_left_out(study: Project) -> None:
    found = words(study, stop="rate Card, late", stop_language="en")
    assert {"rate", "card", "late", "the", "which"}.isdisjoint(found)
    assert "money" in found


def test_a_text_without_spaces_between_words_is_named(study: Project) -> None:
    add_source(study, "n3", text="金利は高い。")
    below = study.reports.words().below
    assert "Written without spaces between words, so that words are not cut: n3." in below


def test_sources_are_chosen_by_case_kind_and_name(sample: Project) -> None:
    assert words(sample, source="a1").keys() < words(sample, case="SIB A").keys() < words(sample).keys()
    assert words(sample, kind="document")["the"] < words(sample)["the"]


@pytest.mark.parametrize(
    "words_of_filter", [{"where": "code Money"}, {"code": "Money"}, {"where": "not code Time", "source": "n1"}]
)
def test_a_query_chooses_codings_as_a_code_does(study: Project, words_of_filter: dict[str, str]) -> None:
    assert words(study, **words_of_filter) == {"rate": 1, "card": 1, "paid": 1}


@pytest.mark.parametrize(
    "chosen", [{"where": "set pilot"}, {"where": "not set others"}, {"where": "query Pilot"}, {"attribute": {"mode": "phone"}}]
)  # fmt: skip
def test_a_query_that_chooses_sources_counts_their_whole_texts(study: Project, chosen: dict[str, Any]) -> None:
    study.sets.add("others", [source.name for source in study.sources.list() if source.name != "n1"])
    study.sets.add("pilot", "n1")
    study.queries.save("Pilot", "set pilot")
    study.attributes.add("source", "mode")
    study.sources.set("n1", attributes={"mode": "phone"})
    assert words(study, **chosen) == words(study, set="pilot")
    below = study.reports.words(**chosen).below
    assert not any(line.startswith(("Only words in codings", "Codings of")) for line in below)


def test_the_line_below_names_the_query_that_chose_the_sources(study: Project) -> None:
    assert study.reports.words(where="source n1").below[-1] == "Sources of the query “source n1” only."


def test_a_round_without_codings_has_no_words(study: Project) -> None:
    assert words(study, round=7) == {}
