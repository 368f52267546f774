"""The clause of an act, from its summary, its changed rows and the names of other rows."""

from __future__ import annotations

from typing import Any

import pytest

from sibtui.model.act_facts import VERBS, act_fact
from sibtui.model.records import Act, Change

NAMES = {
    ("codes", 1): "Theme/Groups",
    ("codes", 2): "Theme/Trust",
    ("cases", 1): "SIB A",
    ("cases", 2): "SIB B",
    ("codings", 7): "they meet on Mondays",
    ("attributes", 1): "stage",
    ("sources", 1): "A1",
    ("sources", 2): "B1",
    ("source_sets", 1): "pilot",
}
CODING = {
    "quote": "they meet on Mondays",
    "code_id": 1,
    "start": 3,
    "end": 23,
    "certainty": "firm",
    "stance": "supports",
    "coder_id": 1,
    "memo": "",
}


def name_of(table: str, number: object) -> str:
    return NAMES.get((table, number), "")  # type: ignore[call-overload, no-any-return]


def no_name(table: str, number: object) -> str:
    return ""


def fact(verb: str, summary: str, *changes: Change, names: Any = name_of) -> str:
    return act_fact(Act(1, "2026-01-01T10:00:00Z", "me", verb, summary, "done", len(changes)), changes, names)


def recoded(**values: object) -> Change:
    return Change("codings", 7, CODING, {**CODING, **values})


def recoded_from(**values: object) -> Change:
    return Change("codings", 7, {**CODING, **values}, CODING)


def test_the_fact_of_a_script_act_is_its_verb_and_summary() -> None:
    assert fact("tidy up", "two\ncodes") == "tidy up: two codes"


@pytest.mark.parametrize(
    ("verb", "summary", "words"),
    [
        ("case add", "case SIB C", "case SIB C added"),
        ("case merge", "case SIB B into SIB A", "case SIB B merged into SIB A"),
        ("code merge", "Groups into Circles", "code Groups merged into Circles"),
        ("code rename", "Groups to Circles", "code Groups renamed to Circles"),
        ("code split", "Theme/A: 3 codings to B", "3 codings of Theme/A split into B"),
        ("code propose", "2 codes", "2 codes proposed"),
        ("code accept", "2 proposals into Theme/A", "2 proposals accepted into Theme/A"),
        ("code reject", "2 proposals", "2 proposals rejected"),
        ("code import", "1 code added", "codebook imported, 1 code added"),
        ("coding attribute", "3 codings by speaker", "3 codings attributed by speaker"),
        ("coding import", "3 codings", "3 codings imported"),
        ("coding import", "3 codings added", "3 codings added"),
        ("matrix define", "Table 1", "Table 1 saved"),
        ("matrix judge", "Work: hard in SIB A: present", "Work: hard in SIB A judged present"),
        ("matrix judge", "Work in SIB A: as computed", "judgement on Work in SIB A removed"),
        ("pseudonym erase", "2 names in 1 text", "2 names in 1 text replaced, with the originals erased for good"),
        ("pseudonym erase", "originals of 1 text", "originals of 1 text erased for good"),
        ("pseudonym apply", "2 names in 1 text", "2 names in 1 text replaced"),
        ("reading add", "A1", "reading of A1 recorded"),
        ("study merge", "from b.sibtui up to act 9 (0123456789abcdef)", "work merged from b.sibtui"),
        ("reading remove", "A1", "reading of A1 removed"),
    ],
)
def test_a_fact_without_changes_is_made_from_the_summary(verb: str, summary: str, words: str) -> None:
    assert fact(verb, summary) == words
    assert verb in VERBS


def test_added_codings_are_quoted_when_one_and_counted_when_several() -> None:
    added = Change("codings", 7, None, CODING)
    assert fact("coding add", "Groups", added) == "“they meet on Mondays” coded Theme/Groups"
    assert fact("coding add", "Groups", added, names=no_name) == "“they meet on Mondays” coded Groups"
    assert fact("coding add", "Groups", added, added) == "2 codings added"
    assert fact("coding add", "coding 7", Change("codings", 7, CODING, None)) == "coding 7 added"


def test_removed_codings_are_quoted_when_one() -> None:
    removed = Change("codings", 7, CODING, None)
    assert fact("coding remove", "coding 7", removed) == "“they meet on Mondays” no longer coded Theme/Groups"
    assert fact("coding remove", "coding 7", removed, names=no_name) == "“they meet on Mondays” no longer coded so"
    assert fact("coding remove", "2 codings", removed, removed) == "2 codings removed"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (recoded(code_id=2), "now coded Theme/Trust"),
        (recoded(code_id=9), "now coded with another code"),
        (recoded(end=9), "with other edges"),
        (recoded(quote="They met"), "with corrected words"),
        (recoded(certainty="tentative"), "now tentative"),
        (recoded_from(certainty="tentative"), "no longer tentative"),
        (recoded(stance="counters"), "now counter-evidence"),
        (recoded_from(stance="counters"), "no longer counter-evidence"),
        (recoded(coder_id=2), "by another coder"),
        (recoded(memo="why"), "with another memo"),
        (recoded_from(memo="why"), "without its memo"),
        (Change("coding_cases", 1, None, {"coding_id": 7, "case_id": 2}), "now about SIB B"),
        (Change("coding_cases", 1, {"coding_id": 7, "case_id": 2}, None), "without its case"),
    ],
)
def test_a_changed_field_of_a_coding_is_described_in_words(change: Change, words: str) -> None:
    assert fact("coding set", "coding 7", change) == f"“they meet on Mondays” {words}"


def test_several_changed_codings_are_counted_and_their_words_appear_once() -> None:
    other = Change("codings", 8, CODING, {**CODING, "code_id": 2})
    assert fact("coding set", "2 codings", recoded(code_id=2, memo="m"), other) == (
        "2 codings now coded Theme/Trust, with another memo"
    )


def test_the_fact_of_a_long_act_shows_that_it_describes_only_the_first_changes() -> None:
    changes = [Change("codings", number, CODING, {**CODING, "certainty": "tentative"}) for number in (7, 8)]
    act = Act(1, "2026-01-01T10:00:00Z", "me", "coding set", "coding 7, 8 and 90 more", "done", 92)
    assert act_fact(act, changes, name_of) == "more than 2 codings now tentative"
    added = [Change("codings", number, None, CODING) for number in (7, 8)]
    act = Act(1, "2026-01-01T10:00:00Z", "me", "coding add", "92 codings", "done", 92)
    assert act_fact(act, added, name_of) == "more than 2 codings added"


def test_a_coding_without_a_readable_change_is_described_by_the_summary() -> None:
    assert fact("coding set", "coding 7") == "coding 7 changed"
    assert fact("coding set", "coding 7", Change("codings", 7, None, CODING), Change("lineage", 1, None, {})) == (
        "coding 7 changed"
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change("case_values", 1, None, {"attribute_id": 1, "value": "late"}), "stage now “late”"),
        (Change("source_values", 1, {"attribute_id": 1, "value": "late"}, None), "stage removed"),
        (Change("source_values", 1, {"attribute_id": 9, "value": "late"}, None), "an attribute removed"),
        (Change("source_cases", 1, None, {"case_id": 1}), "now about SIB A"),
        (Change("source_cases", 1, {"case_id": 1}, None), "no longer about SIB A"),
        (Change("readings", 1, None, {}), "no longer read"),
        (Change("readings", 1, None, {"id": 1}), "read"),
        (Change("lineage", 1, None, {"event": "re-read"}), "to be read again"),
        (Change("texts", 1, None, {"id": 2}), "corrected"),
        (Change("cases", 1, {"label": "A"}, {"label": "B"}), "renamed to B"),
        (Change("codes", 1, {"position": 1}, {"position": 2}), "moved"),
        (Change("sources", 1, {"started": 0}, {"started": 1}), "in progress"),
        (Change("sources", 1, {"started": 1}, {"started": 0}), "no longer in progress"),
        (Change("codes", 1, {"definition": ""}, {"definition": "They meet."}), "definition changed"),
        (Change("codes", 1, {"key": ""}, {"key": "G"}), "key now G"),
        (Change("codes", 1, {"key": "G"}, {"key": ""}), "key removed"),
        (Change("sources", 1, {"recorded_on": "x"}, {"recorded_on": None}), "recorded on removed"),
    ],
)
def test_each_changed_field_is_described(change: Change, words: str) -> None:
    assert fact("source set", "source A1", change) == f"source A1: {words}"


def test_an_item_without_a_readable_change_is_described_by_the_summary() -> None:
    unreadable = (
        Change("topics", 1, None, {"id": 1}),
        Change("lineage", 1, None, {"event": "merge"}),
        Change("sources", 1, None, {"id": 1}),
        Change("other", 1, {"id": 1}, {"id": 1}),
    )
    assert fact("source set", "source A1", *unreadable) == "source A1 changed"


def member(source: int, *, added: bool) -> Change:
    row = {"set_id": 1, "source_id": source}
    return Change("set_sources", source, None, row) if added else Change("set_sources", source, row, None)


def test_the_fact_of_a_changed_set_names_its_sources() -> None:
    new_set = Change("source_sets", 1, None, {"name": "pilot"})
    assert fact("set change", "set pilot", new_set) == "set pilot added"
    assert fact("set change", "set pilot", new_set, member(1, added=True), member(2, added=True)) == (
        "set pilot now with A1 and B1"
    )
    assert fact("set change", "set pilot", member(2, added=False), member(1, added=True)) == (
        "set pilot now without B1, now with A1"
    )
    assert fact("set change", "set pilot", member(9, added=False)) == "set pilot now without a source"


def test_the_fact_of_a_changed_source_names_its_sets() -> None:
    assert fact("source set", "source A1", member(1, added=True)) == "source A1: now in the set pilot"
    assert fact("source set", "source A1", member(1, added=False), names=no_name) == (
        "source A1: no longer in the set of sources"
    )
