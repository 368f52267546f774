"""Rounds of coding: what a blind round hides, what carries the number of a round, and how two rounds are compared."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sibtui import CodingDraft, CodingFilter, Project, Round, Segment, SourceDraft
from sibtui.errors import ConflictError, InputError, NotFoundError
from sibtui.project.importing.create_from import create_from

from .study import apply_code, matrix, opened

if TYPE_CHECKING:
    from collections.abc import Callable


def made_from(origin: Path, coder: str) -> Project:
    file = origin.with_name(f"{origin.name}.sibtui")
    create_from(origin, file)
    return Project.open(file, coder=coder)


def test_codings_and_readings_of_an_open_round_carry_its_number(coded: Project) -> None:
    before = {coding.round for coding in coded.codings.list()}
    started = coded.rounds.start(" second   pass ")
    assert (started.number, started.name, started.coder, started.ended) == (2, "second pass", "Ana", "")
    own = apply_code(coded, "A1", "Budgets", 20, 30)
    other = apply_code(coded, "A1", "Budgets", 20, 30, coder="Ben")
    [reading] = coded.readings.add("A1")
    assert (before, own.round, other.round, reading.round) == ({1}, 2, 1, 2)
    ended = coded.rounds.end()
    assert ended.ended > ended.started
    assert apply_code(coded, "A1", "Budgets", 40, 50).round == 1
    assert [each.number for each in coded.rounds.list("Ana")] == [2]
    assert coded.rounds.start("third").number == 3


def test_the_same_coding_can_be_made_in_each_round(coded: Project) -> None:
    place = ("A1", "Brokering", 0, 16)
    with pytest.raises(ConflictError, match="has this coding already"):
        apply_code(coded, *place)
    coded.rounds.start("again")
    assert apply_code(coded, *place).round == 2
    with pytest.raises(ConflictError, match="has this coding already"):
        apply_code(coded, *place)
    draft = CodingDraft("A1", "Brokering", Segment(0, 16))
    assert coded.codings.import_(draft).same == 1
    coded.rounds.end()
    assert coded.codings.import_(draft).same == 1


def test_a_blind_round_hides_all_other_codings_from_its_coder(coded: Project) -> None:
    everything = [coding.id for coding in coded.codings.list()]
    started = coded.rounds.start("blind", blind=True)
    assert started.blind
    assert list(coded.codings.list()) == []
    assert coded.codings.count() == coded.codings.count(source="A1") == 0
    assert {code.codings for code in coded.codes.list(counts=True)} == {0}
    assert coded.codes.get("Brokering").codings == 0
    assert {(source.codings, source.unattributed, source.reading) for source in coded.sources.list()} == {
        (0, 0, "unread")
    }
    assert set(coded.cases.coding_counts().values()) == {0}
    shown = coded.matrices.show(matrix())
    assert {cell.quotes for row in shown.rows for cell in row.cells} == {0}
    assert ("narrowed", "Codings of round 2 only.") in shown.about
    new = apply_code(coded, "A1", "Brokering", 0, 16)
    assert [coding.id for coding in coded.codings.list()] == [new.id]
    assert coded.codes.get("Brokering").codings == 1
    with opened(coded.path, coder="Ben") as colleague:
        assert colleague.codings.count() == len(everything) + 1
    coded.rounds.end()
    assert coded.codings.count() == len(everything) + 1


def test_a_blind_round_hides_other_codings_from_queries_and_passages(coded: Project) -> None:
    where = 'code "Strengths" overlapping code "Strengths"'
    apply_code(coded, "A1", "Budgets", 0, 16, coder="Ben")
    assert list(coded.codings.passages(where))
    coded.rounds.start("blind", blind=True)
    own = apply_code(coded, "A1", "Brokering", 0, 16)
    for union in (False, True):
        assert list(coded.codings.passages(where, union=union)) == []
    assert coded.codings.count(where=where) == 0
    assert [coding.id for coding in coded.codings.list(where=f"not ({where})")] == [own.id]
    other = apply_code(coded, "A1", "Budgets", 3, 20)
    assert [(each.left, each.right) for each in coded.codings.passages(where)] == [
        ((own.id, other.id), (own.id, other.id))
    ]


def test_a_blind_round_hides_the_codes_of_other_codings_in_a_search(coded: Project) -> None:
    apply_code(coded, "A1", "Budgets", 0, 16)
    words = coded.sources.text("A1")[3:8]
    assert next(coded.sources.kwic(words)).codes
    coded.rounds.start("blind", blind=True)
    assert next(coded.sources.kwic(words)).codes == ()
    own = apply_code(coded, "A1", "Brokering", 0, 16)
    assert next(coded.sources.kwic(words)).codes == (own.code,)


def test_a_coding_that_a_blind_round_hides_cannot_be_read_or_changed(coded: Project) -> None:
    hidden = apply_code(coded, "A1", "Budgets", 0, 16, coder="Ben")
    coded.rounds.start("blind", blind=True)
    acts = len(coded.history.list())
    for use in (
        lambda: coded.codings.get(hidden.id),
        lambda: coded.codings.set(hidden.id, memo="seen"),
        lambda: coded.codings.attribute(hidden.id, ()),
        lambda: coded.codings.accept(hidden.id),
        lambda: coded.codings.remove(hidden.id),
        lambda: coded.memos.add("seen", on="coding", of=hidden.id),
    ):
        with pytest.raises(NotFoundError, match=rf"^Coding {hidden.id} is hidden until the blind round ends\.$"):
            use()
    assert len(coded.history.list()) == acts
    own = apply_code(coded, "A1", "Brokering", 0, 16)
    assert coded.codings.set(own.id, memo="mine")[0].memo == coded.codings.get(own.id).memo == "mine"
    assert apply_code(coded, "A1", "Brokering", 20, 30, coder="Ben").coder == "Ben"
    assert coded.codings.set(own.id, coder="Ben")[0].coder == "Ben"
    with pytest.raises(NotFoundError, match="is hidden"):
        coded.codings.get(own.id)
    coded.rounds.end()
    assert coded.codings.get(hidden.id) == hidden


def in_a_blind_round(coded: Project) -> tuple[str, int]:
    """Start a blind round, and return the words and the number of a coding that it hides."""
    coded.sources.add([SourceDraft("N", "New words of nobody.", cases="SIB A")])
    hidden = next(iter(coded.codings.list(source="A1", code="Brokering")))
    coded.codings.set(hidden.id, memo="Hidden memo of Mary.", stance="supports")
    apply_code(coded, "A1", "Budgets", 0, 16, stance="counters")
    coded.matrices.define(matrix())
    coded.matrices.judge("t", coded.matrices.show("t").rows[0].label, "SIB A", "rejected", "Hidden reason.")
    coded.pseudonyms.add("workers", "people")
    coded.rounds.start("blind", blind=True)
    return hidden.quote, hidden.id


REFUSED: dict[str, Callable[[Project, int], object]] = {
    "source remove": lambda p, _: p.sources.remove("A1"),
    "source text": lambda p, _: p.sources.correct("A1", p.sources.text("A1") + "More."),
    "source text, empty": lambda p, _: p.sources.correct("A1", ""),
    "source text, foreseen": lambda p, _: p.sources.foresee_correction("A1", "More."),
    "source replace": lambda p, _: p.sources.replace("workers", "people"),
    "source replace, dry run": lambda p, _: p.sources.replace("workers", "people", dry_run=True),
    "source cases": lambda p, _: p.sources.set("A1", cases=["SIB B"]),
    "source withdraw": lambda p, _: p.sources.withdraw("A1", dry_run=True),
    "source withdraw, person": lambda p, _: p.sources.withdraw_person("Mary", sources="A1"),
    "pseudonym apply": lambda p, _: p.pseudonyms.apply(),
    "pseudonym apply, dry run": lambda p, _: p.pseudonyms.apply(sources="A1", dry_run=True),
    "pseudonym apply, erasing": lambda p, _: p.pseudonyms.apply(erase_originals=True),
    "case remove": lambda p, _: p.cases.remove("SIB A"),
    "case merge": lambda p, _: p.cases.merge("SIB A", into="SIB B"),
    "code merge": lambda p, _: p.codes.merge("Budgets", into="Brokering"),
    "code merge, into": lambda p, _: p.codes.merge("Groups", into="Brokering"),
    "code split": lambda p, number: p.codes.split("Brokering", "Other", number),
    "code remove": lambda p, _: p.codes.remove("Budgets"),
}
"""Changes of codings that a blind round hides: name → the change. The argument is the number of such a coding."""


@pytest.mark.parametrize("name", REFUSED)
def test_a_change_of_hidden_codings_is_refused_without_a_word_of_them(coded: Project, name: str) -> None:
    words, number = in_a_blind_round(coded)
    acts = len(coded.history.list())
    with pytest.raises(InputError) as raised:
        REFUSED[name](coded, number)
    message, hint = str(raised.value), raised.value.hint
    assert message.endswith(" would change codings that the open blind round hides.")
    assert (hint, words in message, any(map(str.isdigit, message.replace("A1", "")))) == ("end-round", False, False)
    assert len(coded.history.list()) == acts
    coded.rounds.end()
    assert coded.codings.get(number).quote == words


def test_what_quotes_hidden_memos_and_judgements_is_refused(coded: Project) -> None:
    in_a_blind_round(coded)
    row = coded.matrices.show("t").rows[0].label
    for use in (
        lambda: coded.matrices.unjudge("t", row, "SIB A"),
        coded.pseudonyms.scan,
        coded.pseudonyms.check,
    ):
        with pytest.raises(InputError, match="needs codings that the open blind round hides"):
            use()
    assert {each.place for each in coded.pseudonyms.scan(sources="A1", near=False)} == {"text"}


def test_changes_of_codings_in_a_blind_round_go_on_where_none_are_hidden(coded: Project) -> None:
    in_a_blind_round(coded)
    for path in ("One", "Two"):
        coded.codes.add(path)
    own = apply_code(coded, "N", "One", 0, 9)
    assert coded.codes.merge("One", into="Two").codings == 1
    assert coded.codes.split("Two", "Three", own.id).codings == 1
    assert len(coded.sources.replace("nobody", "somebody")[0].codings) == 1
    assert coded.sources.set("N", cases="SIB B").codings == 1
    coded.cases.add("SIB X")
    coded.sources.set("N", cases="SIB X")
    assert coded.cases.merge("SIB X", into="SIB B").case.label == "SIB B"
    assert coded.cases.remove(coded.cases.add("SIB Y").label).label == "SIB Y"
    assert coded.codes.remove(coded.codes.add("Four").path).name == "Four"
    assert coded.sources.remove("N").codings == 1


def test_an_import_in_a_blind_round_neither_changes_nor_shows_a_hidden_coding(coded: Project) -> None:
    words, number = in_a_blind_round(coded)
    place = Segment(0, 16)
    drafts = [CodingDraft("A1", "Brokering", place, coder=coder, stance="counters") for coder in ("R2", "Ana")]
    hidden = CodingDraft("A1", "Brokering", place, stance="counters", round=1)
    for update in (False, True):
        result = coded.codings.import_(hidden, update=update)
        [refused] = result.refused
        assert (result.changed, refused.hint) == ((), "end-round")
        assert refused.why == "it would change a coding that the open blind round hides."
    assert coded.codings.import_(drafts).added == 2
    coded.rounds.end()
    assert (coded.codings.get(number).quote, coded.codings.get(number).stance) == (words, "supports")


def test_a_blind_round_hides_other_codings_without_a_certain_place(coded: Project) -> None:
    quote = apply_code(coded, "A1", "Budgets", 0, 16).quote
    coded.sources.correct("A1", coded.sources.text("A1").replace(quote, "Someone else"))
    assert coded.codings.undecided()
    coded.rounds.start("blind", blind=True)
    assert coded.codings.undecided() == []


def test_a_question_in_sql_is_refused_in_a_blind_round_of_the_coder(coded: Project) -> None:
    coded.rounds.start("blind", blind=True)
    with pytest.raises(InputError, match=r"^A question in SQL needs codings that the open blind round hides\.$"):
        coded.exports.sql("SELECT 1")
    with opened(coded.path, coder="Ben") as colleague:
        assert colleague.exports.sql("SELECT 1").rows == ((1,),)
    coded.rounds.end()
    assert coded.exports.sql("SELECT 1").rows == ((1,),)


def test_what_needs_all_codings_is_refused_in_a_blind_round(coded: Project, tmp_path: Path) -> None:
    for coder in ("Ana", "Ben"):
        coded.readings.add("A1", coder=coder)
    apply_code(coded, "A1", "Budgets", 0, 16, coder="Ben")
    found = next(iter(coded.codings.disagreements(coder=["Ana", "Ben"])))
    coded.matrices.define(matrix())
    shutil.copy(coded.path, tmp_path / "theirs.sibtui")
    (tmp_path / "paper.md").write_text("{{ count Budgets }}", encoding="utf-8")
    coded.rounds.start("blind", blind=True)
    row, column = coded.matrices.show("t").rows[0].label, coded.matrices.show("t").columns[0]
    uses = (
        lambda: coded.reports.agreement(coder=["Ana", "Ben"]),
        lambda: coded.reports.agreement(coder=["Ana", "Ben"], unit="free"),
        lambda: coded.reports.cell_agreement("t", ["Ana", "Ben"]),
        lambda: coded.reports.disagreements(coder=["Ana", "Ben"]),
        lambda: coded.codings.disagreements(coder=["Ana", "Ben"]),
        lambda: coded.codings.decide(found.number, "1", coder=["Ana", "Ben"]),
        coded.reports.study,
        coded.reports.methods,
        lambda: coded.exports.paper(tmp_path / "paper.md"),
        coded.matrices.judgements,
        lambda: coded.matrices.judge("t", row, column, "present", "All of them do."),
        lambda: coded.exports.sqlite(tmp_path / "flat.db"),
        lambda: coded.diff(tmp_path / "theirs.sibtui"),
        lambda: coded.merge(tmp_path / "theirs.sibtui"),
    )
    for use in uses:
        with pytest.raises(InputError, match=r"needs codings that the open blind round hides\.$"):
            use()
    coded.rounds.end()
    for use in uses:
        use()


def test_a_blind_round_hides_the_evidence_of_judgements_and_an_edit_keeps_it(coded: Project) -> None:
    coded.matrices.define(matrix())
    row, column = (coded.matrices.show("t").rows[0].label, coded.matrices.show("t").columns[0])
    coded.matrices.judge("t", row, column, "present", "All of them do.")
    coded.summaries.set("t", row, column, "Trust came first.")
    whole = coded.matrices.get("t")
    assert whole.judgements[0].basis
    assert whole.summaries[0].basis
    coded.rounds.start("blind", blind=True)
    hidden = coded.matrices.get("t")
    assert hidden == coded.matrices.stored("t") == coded.matrices.list()[0]
    assert (hidden.judgements[0].basis, hidden.summaries[0].basis) == (None, None)
    renamed = replace(
        hidden,
        title="Other",
        rows=tuple(replace(each, label="First") if each.label == row else each for each in hidden.rows),
        judgements=(replace(hidden.judgements[0], row="First"),),
        summaries=(replace(hidden.summaries[0], row="First"),),
    )
    coded.matrices.define(renamed)
    coded.matrices.duplicate("t", "copy")
    new = replace(hidden.judgements[0], because="Seen later.")
    with pytest.raises(InputError, match=r"^A judgement needs codings that the open blind round hides\.$"):
        coded.matrices.define(replace(renamed, judgements=(replace(new, row="First"),)))
    with pytest.raises(InputError, match="needs codings that the open blind round hides"):
        coded.matrices.define(replace(hidden, name="new"))
    coded.rounds.end()
    for name in ("t", "copy"):
        saved = coded.matrices.get(name)
        assert saved.title == "Other"
        assert (saved.judgements[0].basis, saved.summaries[0].basis) == (
            whole.judgements[0].basis, whole.summaries[0].basis,
        )  # fmt: skip


def test_a_blind_round_hides_other_codings_from_reports(coded: Project) -> None:
    coded.matrices.define(matrix())
    apply_code(coded, "A1", "Budgets", 0, 16, coder="Ben")
    assert coded.reports.figures()
    assert coded.reports.sensitivity().rows
    coded.rounds.start("blind", blind=True)
    assert coded.reports.figures() == {}
    assert {row["quotes"] for row in coded.reports.codebook().to_dicts()} == {0}
    assert coded.reports.sensitivity().rows == ()
    assert coded.reports.cooccurrence().rows == ()
    assert {row["codings"] for row in coded.reports.coverage().to_dicts()} == {0}
    own = apply_code(coded, "A1", "Budgets", 0, 16)
    assert {path: each.quotes for path, each in coded.reports.figures().items()} == {own.code: 1}


def test_a_blind_round_hides_decisions_and_findings_on_other_codings(coded: Project) -> None:
    for coder in ("Ana", "Ben"):
        coded.readings.add("A1", coder=coder)
    hidden = apply_code(coded, "A1", "Budgets", 0, 16, coder="Ben")
    coded.codes.retire("Budgets")
    found = next(iter(coded.codings.disagreements(coder=["Ana", "Ben"])))
    coded.codings.decide(found.number, "1", coder=["Ana", "Ben"], reason="Agreed.")
    quote = hidden.quote
    coded.sources.correct("A1", coded.sources.text("A1").replace(quote, "Someone else"))
    assert {"retired", "undecided place"} <= {finding.what for finding in coded.check()}
    [memo] = [each for each in coded.memos.list(on="source") if each.coder == "consensus"]
    coded.rounds.start("blind", blind=True)
    assert {"retired", "undecided place", "unattributed"}.isdisjoint(finding.what for finding in coded.check())
    assert memo not in coded.memos.list()
    with pytest.raises(NotFoundError, match=f"There is no memo {memo.id}"):
        coded.memos.get(memo.id)


def test_a_blind_round_hides_the_acts_of_others_and_those_before_the_round(coded: Project) -> None:
    before = coded.history.list(limit=1)[0]
    coded.rounds.start("blind", blind=True)
    assert [act.verb for act in coded.history.list()] == ["round start"]
    apply_code(coded, "A1", "Budgets", 0, 16)
    assert [act.verb for act in coded.history.list(source="A1")] == ["coding add"]
    with pytest.raises(NotFoundError, match=rf"^Act {before.id} is hidden until the blind round ends\.$"):
        coded.history.facts(before.id)
    with opened(coded.path, coder="Ben") as colleague:
        apply_code(colleague, "A1", "Budgets", 20, 36, coder="Ben")
        assert len(colleague.history.list()) > 3
    assert [act.verb for act in coded.history.list(coder="Ana")] == ["coding add", "round start"]
    assert coded.history.list(coder="Ben") == []
    with pytest.raises(ConflictError, match="is hidden until the blind round ends"):
        coded.history.undo()
    with opened(coded.path, coder="Ben") as colleague:
        colleague.history.undo()
    with pytest.raises(ConflictError, match="is hidden until the blind round ends"):
        coded.history.redo()
    assert [act.verb for act in coded.history.undo(2)] == ["coding add", "round start"]
    assert len(coded.history.list()) > 3


def test_an_export_of_the_study_in_a_blind_round_has_all_codings(coded: Project, tmp_path: Path) -> None:
    before = coded.codings.count()
    coded.rounds.start("blind", blind=True)
    coded.exports.folder(tmp_path / "folder")
    coded.exports.qdpx(tmp_path / "study.qdpx")
    for path in ("folder", "study.qdpx"):
        with made_from(tmp_path / path, coder="Ben") as copy:
            assert copy.codings.count() == before


def test_rounds_come_back_from_folder_and_project_file(coded: Project, tmp_path: Path) -> None:
    coded.rounds.start("blind pass", blind=True, sources=["B1", "A1"])
    apply_code(coded, "A1", "Brokering", 0, 16)
    coded.readings.add("A1")
    coded.rounds.end()
    coded.rounds.start("third", coder="Ben")
    rounds, codings = coded.rounds.list(), [(c.uid, c.round) for c in coded.codings.list()]
    readings = coded.readings.list()
    coded.exports.folder(tmp_path / "folder")
    coded.exports.qdpx(tmp_path / "study.qdpx")
    for path in ("folder", "study.qdpx"):
        with made_from(tmp_path / path, coder="R1") as copy:
            assert copy.rounds.list() == rounds
            assert [(c.uid, c.round) for c in copy.codings.list()] == codings
            assert copy.readings.list() == readings
            copy.exports.folder(tmp_path / f"again-{Path(path).stem}")
            for file in ("study.toml", "codings.csv"):
                again = (tmp_path / f"again-{Path(path).stem}" / file).read_bytes()
                assert again == (tmp_path / "folder" / file).read_bytes()


def test_a_table_of_codings_carries_the_rounds(coded: Project, tmp_path: Path) -> None:
    coded.rounds.start("again")
    apply_code(coded, "A1", "Brokering", 0, 16)
    written = "".join(coded.exports.codings_csv(CodingFilter(rounds=2)))
    assert written.splitlines()[0].endswith(",created,round,for_paper,how")
    assert written.splitlines()[1].endswith(",2,no,")
    assert coded.codings.import_table(written.encode(), name="codings.csv").same == 1
    coded.rounds.end()
    assert coded.codings.import_table(written.encode(), name="codings.csv").same == 1
    bad = written.replace(",2,no,\n", ",0,no,\n").encode()
    [refused] = coded.codings.import_table(bad, name="codings.csv").refused
    assert "rounds are counted from 1" in refused.why


def test_filters_choose_the_codings_of_a_round(coded: Project) -> None:
    coded.rounds.start("again")
    new = apply_code(coded, "A1", "Brokering", 0, 16)
    assert [coding.id for coding in coded.codings.list(round=2)] == [new.id]
    assert new.id not in {coding.id for coding in coded.codings.list(round=1)}
    assert coded.codings.count(round=[1, 2]) == coded.codings.count()
    assert coded.codings.to_dicts(round=2)[0]["round"] == 2
    first, second = (coded.matrices.show(matrix(), rounds=number) for number in (1, 2))
    assert first.rows != second.rows
    assert ("narrowed", "Codings of round 2 only.") in second.about
    evidence = coded.matrices.evidence(matrix(), rounds=2)
    assert {coding.id for cell in evidence for coding in cell.codings} <= {new.id}


@pytest.mark.parametrize("number", [0, -1, "2", True, 1.5])
def test_a_number_that_no_round_has_is_refused(coded: Project, number: object) -> None:
    with pytest.raises(InputError, match="is not the number of a round: rounds are counted from 1"):
        coded.codings.count(round=number)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="rounds are counted from 1"):
        coded.matrices.show(matrix(), rounds=number)  # type: ignore[arg-type]


def test_a_round_of_some_sources_refuses_codings_elsewhere(coded: Project) -> None:
    coded.rounds.start("check", sources="A1")
    with pytest.raises(ConflictError, match="“B1” is not in the open round “check” of Ana"):
        apply_code(coded, "B1", "Brokering", 0, 16)
    assert apply_code(coded, "B1", "Budgets", 0, 16, coder="Ben").round == 1
    assert apply_code(coded, "A1", "Budgets", 3, 16).round == 2


def test_a_round_of_some_sources_refuses_readings_elsewhere(coded: Project) -> None:
    before = coded.readings.list()
    coded.rounds.start("check", sources="A1")
    for use in (
        lambda: coded.readings.add("B1"),
        lambda: coded.readings.add("B1", codes="Brokering"),
        lambda: coded.readings.add("B1", coder="Ana", at="2020-05-20T09:00:00Z"),
        lambda: coded.sources.set("B1", reading="read"),
        lambda: coded.sources.set("B1", new_name="B2", reading="read"),
    ):
        with pytest.raises(ConflictError, match=r"^“B[12]” is not in the open round “check” of Ana\.$"):
            use()
    assert coded.readings.list() == before
    assert [each.round for each in coded.readings.add("B1", coder="Ben")] == [1]
    coded.sources.set("A1", new_name="A2", reading="read")
    assert {each.round for each in coded.readings.list("A2", "Ana")} == {1, 2}


def test_what_a_round_cannot_be_is_refused(coded: Project) -> None:
    with pytest.raises(NotFoundError, match="Ana has no open round"):
        coded.rounds.end()
    with pytest.raises(InputError, match="A round needs a name"):
        coded.rounds.start(" ")
    with pytest.raises(NotFoundError, match="nowhere"):
        coded.rounds.start("x", sources="nowhere")
    with pytest.raises(NotFoundError, match="Nobody"):
        coded.rounds.list("Nobody")
    with pytest.raises(InputError, match="needs its coder"):
        coded.rounds.start("x", coder=" ")
    coded.rounds.start("second")
    with pytest.raises(ConflictError, match="The round “second” of Ana is open"):
        coded.rounds.start("third")
    coded.rounds.end()
    with pytest.raises(ConflictError, match="second"):
        coded.rounds.start("Second")
    assert coded.rounds.start("second", coder="Ben").number == 2
    for wrong, why in (
        (Round("Ben", 3, "third", "now"), "Ben has another open round"),
        (Round("Ana", 1, "first", "now"), "work outside of rounds is round 1"),
        (Round("Ana", 3, "second", "now"), "second"),
        (Round("", 3, "third", "now"), "needs a name and a coder"),
    ):
        with pytest.raises((ConflictError, InputError), match=why), coded.act("round add", "x"):
            coded.rounds.insert(wrong)


def test_starting_and_ending_a_round_can_be_undone(coded: Project) -> None:
    coded.rounds.start("second", blind=True)
    coded.rounds.end()
    coded.history.undo()
    assert coded.rounds.current is not None
    assert coded.codings.count() == 0
    coded.history.undo()
    assert coded.rounds.list() == []
    assert coded.codings.count() > 0
    coded.history.redo(2)
    assert [bool(each.ended) for each in coded.rounds.list()] == [True]
    assert [finding for finding in coded.check() if finding.kind == "damage"] == []


def test_a_reading_mark_belongs_to_the_open_round(coded: Project) -> None:
    from sibtui.workspace.reading_marks import toggle_read

    coded.rounds.start("second")
    toggle_read(coded, "A1")
    assert {each.round for each in coded.readings.list("A1", "Ana")} == {1, 2}
    toggle_read(coded, "A1")
    assert {each.round for each in coded.readings.list("A1", "Ana")} == {1}
    coded.readings.add("A1")
    coded.readings.remove("A1")
    assert {each.round for each in coded.readings.list("A1", "Ana")} == {1}
    coded.rounds.end()
    coded.readings.remove("A1")
    assert coded.readings.list("A1", "Ana") == []


def test_two_rounds_of_one_coder_are_compared_with_the_days_between(coded: Project) -> None:
    with pytest.raises(NotFoundError, match="the coder has not read the same source in two of these rounds"):
        coded.reports.agreement(coder="Ana", round=[1, 2])
    coded.readings.add("A1", at="2020-05-20T09:00:00Z")
    coded.rounds.start("second", blind=True)
    with Project.open(coded.path, coder="Ben") as of_ben:
        first = next(iter(of_ben.codings.list(source="A1", code="Brokering")))
    apply_code(coded, "A1", "Brokering", first.segment.start, first.segment.end)
    coded.readings.add("A1", at="2020-06-03T18:00:00Z")
    coded.rounds.end()
    table = coded.reports.agreement(coder="Ana", round=[1, 2], draws=0)
    [row] = [each for each in table.to_dicts() if each["code"] == "Strengths/Brokering"]
    assert (row["both"], row["only A"], row["only B"]) == (1, 0, 0)
    assert "A is Ana in round 1, B is Ana in round 2." in table.below
    assert "Read in both rounds: 1 of 3 sources." in table.below
    assert "Days from the reading in round 1 to the reading of the same source in round 2: 14." in table.below
    queried = coded.reports.agreement(coder="Ana", round=[1, 2], where='source "A1"', draws=0).to_dicts()
    assert [each["both"] for each in queried if each["code"] == "Strengths/Brokering"] == [1]
    with pytest.raises(InputError, match="Name two rounds"):
        coded.reports.agreement(coder="Ana", round=2)
    found = coded.reports.disagreements(coder="Ana", round=[1, 2])
    assert all(each["kind"] == "only A" for each in found.to_dicts())


def test_a_merge_brings_the_rounds_of_a_colleague(coded: Project, tmp_path: Path) -> None:
    shutil.copy(coded.path, tmp_path / "theirs.sibtui")
    with opened(tmp_path / "theirs.sibtui", coder="Ana") as theirs:
        theirs.rounds.start("second", blind=True, sources="A1")
        apply_code(theirs, "A1", "Brokering", 0, 16)
        theirs.readings.add("A1")
        theirs.rounds.end()
        theirs.rounds.start("third", coder="Ben")
        expected = theirs.rounds.list()
        assert [(d.kind, d.where) for d in coded.diff(theirs.path).differences if d.kind == "round"] == [
            ("round", "Ana, round 2"), ("round", "Ben, round 2"),
        ]  # fmt: skip
        result = coded.merge(theirs.path)
        assert result.conflicts == ()
        assert coded.rounds.list() == expected
        assert [coding.round for coding in coded.codings.list(source="A1", code="Brokering")] == [1, 2]
        assert coded.merge(theirs.path).written is False
        theirs.rounds.end(coder="Ben")
        coded.merge(theirs.path)
        assert coded.rounds.list() == theirs.rounds.list()
        theirs.history.undo(3)
    coded.history.undo(2)
    assert coded.rounds.list() == []


def test_a_declared_sentence_on_agreement_is_kept_and_shown(coded: Project, tmp_path: Path) -> None:
    assert coded.set_study(agreement=" not reported:\n reflexive ").agreement == "not reported: reflexive"
    figures = dict(coded.reports.study().tables[0].rows)
    assert figures["Agreement between coders"] == "not reported: reflexive"
    coded.exports.folder(tmp_path / "folder")
    coded.exports.qdpx(tmp_path / "study.qdpx")
    for path in ("folder", "study.qdpx"):
        with made_from(tmp_path / path, coder="R1") as copy:
            assert copy.study.agreement == "not reported: reflexive"
    shutil.copy(coded.path, tmp_path / "theirs.sibtui")
    with opened(tmp_path / "theirs.sibtui", coder="Ben") as theirs:
        theirs.set_study(agreement="")
        coded.merge(theirs.path)
    assert coded.study.agreement == ""
    assert "Agreement between coders" not in dict(coded.reports.study().tables[0].rows)


def test_a_round_whose_only_source_was_removed_is_not_about_all_sources(coded: Project) -> None:
    coded.rounds.start("second pass", sources=["A1"])
    coded.sources.remove("A1")
    with pytest.raises(ConflictError, match="“B1” is not in the open round “second pass” of Ana"):
        apply_code(coded, "B1", "Brokering", 0, 5)
    with pytest.raises(ConflictError, match="“B1” is not in the open round"):
        coded.readings.add("B1")
    coded.rounds.end()
    coded.rounds.start("third pass")
    coded.readings.add("B1")
    assert [each.round for each in coded.readings.list("B1")][-1] == 3
