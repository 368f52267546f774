"""Replication packages without the notes: no file has words of them, and the tables can be computed all the same."""

from __future__ import annotations

import dataclasses
import io
import re
import sqlite3
import sys
import unicodedata
import zipfile
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sibtui
from sibtui import (
    Claim,
    CodeProposalDraft,
    MatrixDefinition,
    MemoDraft,
    Project,
    QueryDraft,
    SourceDraft,
    verify_replication_package,
)
from sibtui.model.drafts import MethodAnswer
from sibtui.project.importing.study_folder_reader import sample_draft
from sibtui.project.replication.quoted_words import LEFT_OUT, QuotedWords
from sibtui.project.replication.without_notes import masked
from tests.sweeps import in_part

from .byte_search import files_with
from .test_public_api import parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sibtui import StudyDraft

CANARY = "the canary sang seven times at dawn"
QUOTED = "canary wings"
NOTE = f"Heading of ours\n\nShe answered that {CANARY}, with {QUOTED} alone.\n\nThen nothing followed."


def with_canaries() -> StudyDraft:
    """Return the sample study with the words of a note in each text that people write."""
    draft = sample_draft()
    [first, *others] = draft.sources
    text = f"{first.text}\n\n{NOTE}\n"
    first = replace(
        first, text=text, title=f"On how {CANARY}", attributes={**first.attributes, "mood": f"So {CANARY}."}
    )
    codes = tuple(
        replace(code, definition=f"As in {CANARY}.", include=f"“{CANARY}”", exclude=f"‘{QUOTED}’", example=CANARY)
        for code in draft.codes
    )
    codes = tuple(
        replace(code, lineage=tuple(replace(each, note=CANARY.upper(), definition=CANARY) for each in code.lineage))
        for code in codes
    )
    assert any(code.lineage for code in codes)
    start = text.index(CANARY)
    coding = replace(
        draft.codings[0],
        segment=replace(draft.codings[0].segment, start=start, end=start + len(CANARY)),
        quote=CANARY,
        uid="",
    )
    matrices = tuple(
        replace(
            each,
            title=f"{each.title} {CANARY}",
            rows=tuple(replace(row, note=CANARY, notes={"SIB A": f"“{QUOTED}”"}) for row in each.rows),
            judgements=tuple(replace(one, because=f"We read that {CANARY}.") for one in each.judgements),
        )
        for each in draft.matrices
    )
    return replace(
        draft,
        study=replace(draft.study, description=f"They told us {CANARY}.", agreement=f"Of {CANARY}."),
        cases=tuple(replace(case, attributes={**case.attributes, "Motto": CANARY}) for case in draft.cases),
        sources=(first, *others),
        codes=codes,
        codings=(*draft.codings, coding),
        memos=(*draft.memos, MemoDraft("project", "", f"“{QUOTED}”", CANARY, "R1")),
        proposals=(CodeProposalDraft("New/Birds", CANARY, "R1", reason=CANARY),),
        queries=(QueryDraft("birds", f'text "{CANARY}"'), QueryDraft("cards", 'text "rate card"')),
        claims=(Claim("C1", f"We found that {CANARY}.", place=CANARY, codebook="themes", statement="six", human=CANARY),),
        answers=(MethodAnswer("sampling", f"As {CANARY}."),),
        matrices=matrices,
    )  # fmt: skip


@pytest.fixture(scope="module")
def canaries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    path = tmp_path_factory.mktemp("canaries") / "study.sibtui"
    with Project.create(path, draft=with_canaries(), coder="R1") as project:
        project.codings.set(1, memo=f"This is how {CANARY}.")
        [quote, *_] = project.matrices.traced("table-3", cell=("Use of rate card", "SIB A")).cells[0].codings
        project.summaries.set("table-3", "Use of rate card", "SIB A", f"It holds that {CANARY} [{quote.id}].")
        cell = ("table-3", "Shifting risk to investors", "SIB A")  # its evidence has the canary, and the texts keep it
        project.summaries.set(*cell, "The risk lies with them.")
        project.matrices.judge(*cell, "present", "It does.")
        assert any(CANARY in q.quote for each in project.summaries.list() for q in each.summary.basis.quotes)
        project.matrices.judge("table-3", "Use of rate card", "SIB A", "present", f"Since {CANARY}.")
        yield project


def texts_of(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield (place, text) of all texts in the files of a folder: of members of archives and of values in databases too."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        yield "names", name
        if path.suffix == ".qdpx":
            with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
                for member in archive.namelist():
                    yield f"{name}/{member}", archive.read(member).decode("utf-8-sig")
        elif path.suffix == ".db":
            with closing(sqlite3.connect(path)) as connection:
                yield from ((name, line) for line in connection.iterdump())
        elif path.is_file():
            yield name, path.read_text(encoding="utf-8-sig")


def words_in(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def runs_of(text: str, size: int) -> set[tuple[str, ...]]:
    words = words_in(text)
    return set(zip(*(words[at:] for at in range(size)), strict=False))


@pytest.mark.parametrize("memos", [True, False])
def test_no_file_has_words_of_a_note(canaries: Project, tmp_path: Path, memos: bool) -> None:
    folder = tmp_path / "sent"
    canaries.exports.replication_package(folder, notes=False, memos=memos, despite_findings=True)
    assert files_with(folder, [CANARY, CANARY.upper(), QUOTED, CANARY[:12]]) == []
    for place, text in texts_of(folder):
        assert "canary" not in text.casefold(), place
    assert verify_replication_package(folder).is_sound


@pytest.mark.slow
def test_no_file_of_the_sample_has_five_words_of_a_note_in_a_row(sample: Project, tmp_path: Path) -> None:
    folder = tmp_path / "sent"
    sample.exports.replication_package(folder, notes=False, despite_findings=True)
    held = set[tuple[str, ...]]()
    for source in sample.sources.list():
        held |= runs_of(sample.sources.text(source.name).replace(source.title, "", 1), 5)
    titles = runs_of(" ".join(source.title for source in sample.sources.list()), 5)
    for place, text in texts_of(folder):
        found = runs_of(text, 5) & held - titles
        assert not found, (place, sorted(found)[:3])


def test_words_of_a_title_are_left_out_if_they_are_quoted_from_the_middle_of_the_note(tmp_path: Path) -> None:
    text = "They were sure that all of the gulls came back late again that winter."
    with Project.create(tmp_path / "study.sibtui", coder="R1") as project:
        project.sources.add(SourceDraft("a1", text, title="the gulls came back"))
        project.memos.add("On “all of the gulls came back late again”.")
        project.exports.replication_package(tmp_path / "sent", notes=False, memos=True, despite_findings=True)
    assert files_with(tmp_path / "sent", ["all of the gulls", "late again"]) == []


@pytest.mark.slow
def test_the_canaries_are_in_a_package_with_notes(canaries: Project, tmp_path: Path) -> None:
    folder = tmp_path / "sent"
    canaries.exports.replication_package(folder, memos=True, despite_findings=True)
    found = {place for place, text in texts_of(folder) if CANARY in text}
    parts = {
        "README.md", "claims.csv", "codebook.csv", "codebook.md", "codings.csv", "evidence/table-1.csv", "flat.db", "methods.csv",
        "study.qdpx/project.qde", "study/claims.toml", "study/codebook.toml", "study/codings.csv", "study/memos.toml", "study/methods.toml",
        "study/notes/a1.md", "study/proposals.toml", "study/queries.toml", "study/study.toml", "study/summaries.toml",
        "study/matrices/table-1.toml", "tables/table-1.md",
    }  # fmt: skip
    assert parts - found <= {"methods.csv", "evidence/table-1.csv", "README.md", "tables/table-1.md"}
    assert len(found) > 20
    assert verify_replication_package(folder).is_sound


@pytest.mark.slow
def test_tables_are_those_of_the_study(sample: Project, tmp_path: Path) -> None:
    folder = tmp_path / "sent"
    sample.exports.replication_package(folder, notes=False, despite_findings=True)
    for definition in sample.matrices.list():
        stored = (folder / "tables" / f"{definition.name}.csv").read_text(encoding="utf-8")
        assert stored == sample.matrices.show(definition.name).to_csv()


@pytest.mark.slow
def test_places_of_codings_are_kept(sample: Project, tmp_path: Path) -> None:
    folder = tmp_path / "sent"
    sample.exports.replication_package(folder, notes=False, despite_findings=True)
    with closing(sqlite3.connect(folder / "flat.db")) as flat:
        places = flat.execute('SELECT source, start, "end", quote, code FROM codings ORDER BY coding').fetchall()
    expected = [(c.source, c.segment.start, c.segment.end, masked(c.quote), c.code) for c in sample.codings.list()]
    assert sorted(places) == sorted(expected)


@pytest.mark.slow
def test_left_out_words_are_counted(canaries: Project, tmp_path: Path) -> None:
    made = canaries.exports.replication_package(tmp_path / "sent", notes=False, despite_findings=True)
    left_out = {what: count for count, what in made.left_out}
    assert left_out["notes"] == 18
    assert left_out["quotes of codings"] == canaries.codings.count()
    assert left_out["examples of codes"] == len(canaries.codes.list())
    assert left_out["saved queries with words of notes"] == 2
    assert left_out["quotes in other texts"] > 100
    made = canaries.exports.replication_package(tmp_path / "more", notes=False, memos=True, despite_findings=True)
    memos = sum(CANARY in memo.text for memo in canaries.memos.list()) + 1  # and one on a coding
    more = {what: count for count, what in made.left_out}["quotes in other texts"] - left_out["quotes in other texts"]
    assert more > memos


@pytest.mark.slow
def test_a_stale_judgement_stays_stale(canaries: Project, tmp_path: Path) -> None:
    canaries.codings.set(next(iter(canaries.codings.list(code="Rate card", case="SIB A"))).id, certainty="tentative")
    before = [(each.judgement.row, bool(each.changes)) for each in canaries.matrices.judgements()]
    canaries.exports.replication_package(tmp_path / "sent", notes=False, despite_findings=True)
    canaries.history.undo()
    from sibtui.project.importing.create_from import create_from

    create_from(tmp_path / "sent" / "study", tmp_path / "again.sibtui")
    with Project.open(tmp_path / "again.sibtui") as again:
        assert [(each.judgement.row, bool(each.changes)) for each in again.matrices.judgements()] == before


def test_a_table_that_depends_on_words_is_refused(canaries: Project, tmp_path: Path) -> None:
    """A column is a value of an attribute that quotes a note."""
    from sibtui import InputError, RowDefinition

    canaries.matrices.define(
        MatrixDefinition("moods", "Moods", (RowDefinition("Cards", "Rate card"),), "attribute:Motto")
    )
    with pytest.raises(InputError, match="The table “moods” cannot be computed"):
        canaries.exports.replication_package(tmp_path / "sent", notes=False, despite_findings=True)
    canaries.history.undo()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ('text "rate card"', "needs words of the notes: its row “Cards” draws on the query “asked”"),
        ('code "Rate card" in the same sentence as code "Risk shifted"', "The table “own” cannot be computed"),
    ],
)
def test_a_row_on_a_query_about_words_is_refused(
    canaries: Project, tmp_path: Path, expression: str, message: str
) -> None:
    own = MatrixDefinition("own", "Own", (sibtui.RowDefinition("Cards", (), query="asked"),), show="count")
    with canaries.act("test", "a row on a query"):
        canaries.queries.save("asked", expression)
        canaries.matrices.define(own)
    try:
        with pytest.raises(sibtui.InputError, match=message):
            canaries.exports.replication_package(tmp_path / "sent", notes=False, despite_findings=True)
        assert list(tmp_path.iterdir()) == []
        canaries.exports.replication_package(tmp_path / "sent", despite_findings=True)
        assert verify_replication_package(tmp_path / "sent").is_sound
    finally:
        canaries.history.undo()


@pytest.mark.parametrize(
    "expression",
    in_part([
        f"text '{CANARY}'", f"text «{CANARY}»", f"memo „{CANARY}“", f"MEMO ‘{QUOTED}’", f'text "the ""{CANARY}"', f'not(text "{QUOTED}")',
        f'attribute mood = "{CANARY}"', f"attribute mood!=“{CANARY}”",
    ]),
)  # fmt: skip
def test_a_query_with_words_of_a_note_is_left_out(canaries: Project, tmp_path: Path, expression: str) -> None:
    with canaries.act("test", "a query"):
        canaries.queries.save("asked", expression)
    try:
        made = canaries.exports.replication_package(tmp_path / "sent", notes=False, despite_findings=True)
    finally:
        canaries.history.undo()
    assert (3, "saved queries with words of notes") in made.left_out
    assert files_with(tmp_path / "sent", [CANARY, QUOTED]) == []


@pytest.mark.slow
def test_a_row_on_a_query_about_codes_is_computed_without_the_notes(canaries: Project, tmp_path: Path) -> None:
    own = MatrixDefinition("own", "Own", (sibtui.RowDefinition("Cards", (), query="firm cards"),))
    with canaries.act("test", "a row on a query"):
        canaries.queries.save("firm cards", 'code "Rate card" and certainty firm')
        canaries.matrices.define(own)
    expected = canaries.matrices.show("own").to_csv()
    try:
        canaries.exports.replication_package(tmp_path / "sent", notes=False, despite_findings=True)
    finally:
        canaries.history.undo()
    assert verify_replication_package(tmp_path / "sent").is_sound
    assert (tmp_path / "sent" / "tables" / "own.csv").read_text(encoding="utf-8") == expected


@given(st.text(alphabet="ab \n\t\u2028é漢", max_size=60))
def test_a_masked_text_has_its_length_and_its_lines(text: str) -> None:
    assert len(masked(text)) == len(text)
    assert [len(line) for line in masked(text).split("\n")] == [len(line) for line in text.split("\n")]
    assert set(masked(text)) <= {"x", "\n"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("one two three four five", LEFT_OUT),
        ("One, two – three/four: FIVE!", f"{LEFT_OUT}!"),
        ("zero one two three four five six nine", f"zero {LEFT_OUT} nine"),
        ("one two three four", "one two three four"),
        ("“one two” is", f"“{LEFT_OUT}” is"),
        ("'three four five six'", f"'{LEFT_OUT}'"),
        ("“one”", "“one”"),
        ("“two one”", "“two one”"),
        ("one two three four five x two three four five six", f"{LEFT_OUT} x {LEFT_OUT}"),
        ("“one ‘two’” and “three ‘four five’”", f"“{LEFT_OUT}’” and “{LEFT_OUT}’”"),
        ("‘two isn’t three’, ‘one two’", f"‘two isn’t three’, ‘{LEFT_OUT}’"),
        (
            "”one two” »one two« ’one two’ ‹one two› `one two`",
            " ".join(f"{a}{LEFT_OUT}{b}" for a, b in ("””", "»«", "’’", "‹›", "``")),
        ),
        ("「one two」『one two』＂one two＂", f"「{LEFT_OUT}」『{LEFT_OUT}』＂{LEFT_OUT}＂"),
        ("« one two » et « three six »", f"« {LEFT_OUT} » et « three six »"),
        ("“one\ntwo”", f"“{LEFT_OUT}”"),
        ('"six" one two "seven" three four', '"six" one two "seven" three four'),
        ("“six” three four “seven”", "“six” three four “seven”"),
        ("_one_ _two_ __three__ four_ five", f"_{LEFT_OUT}"),
        ("óne twò thre\u0301e fo\u00adur f\u200bive", LEFT_OUT),
        ("", ""),
    ],
)
def test_quoted_words_are_left_out(written: str, expected: str) -> None:
    assert QuotedWords([written], ["One two three four five six."]).without(written) == expected


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_another_form_of_the_same_letters_is_a_quote(form: Any) -> None:
    note = "Él dijo que mañana él volverá aquí."
    quoted = QuotedWords([unicodedata.normalize(form, note)], [note])
    assert quoted.without(unicodedata.normalize(form, note)) == f"{LEFT_OUT}."


def test_letters_of_a_script_without_spaces_count_as_words() -> None:
    quoted = QuotedWords(["彼女は今日は来ないと言った"], ["今日は来ない。"])
    assert quoted.without("彼女は今日は来ないと言った") == f"彼女は{LEFT_OUT}と言った"
    assert quoted.count == 1


CLEANED = {
    "Study": {"name", "description", "agreement"}, "SourceDraft": {"title", "text"}, "CodeDraft": {"definition", "include", "exclude", "example"},
    "CodingDraft": {"memo", "quote"}, "Lineage": {"definition", "note"}, "MemoDraft": {"title", "text"}, "CodeProposalDraft": {"definition", "reason"},
    "Claim": {"text", "place", "human"}, "MethodAnswer": {"text"}, "MatrixDefinition": {"title"}, "RowDefinition": {"note"},
    "Judgement": {"because"}, "Summary": {"text"}, "BasisQuote": {"quote", "before", "after"}, "QueryDraft": {"expression"},
}  # fmt: skip
"""The fields with texts from which words of notes are left out, by type."""
NAMES = {
    "Study": {"guid", "created", "language"}, "AttributeDraft": {"of", "name", "kind", "uid"}, "CaseDraft": {"label", "private_name", "letter", "uid"},
    "SourceDraft": {"name", "kind", "fidelity", "reading", "read_at", "added", "original", "sha256", "encoding", "cases_together", "language", "uid"},
    "CodeDraft": {"path", "origin", "status", "colour", "key", "since", "uid"}, "Lineage": {"event", "at", "coder", "path", "since"},
    "CodingDraft": {"source", "code", "coder", "stance", "certainty", "created", "uid", "how"}, "MemoDraft": {"on", "of", "coder", "created", "uid"},
    "CodeProposalDraft": {"path", "coder", "created", "state", "code", "decided", "uid"}, "MethodAnswer": {"item", "uid"},
    "Claim": {"key", "statement", "join", "attribute", "case", "registry", "codebook", "certainty", "uid"}, "QueryDraft": {"name", "uid"},
    "MatrixDefinition": {"name", "columns", "show", "uid", "judged_suffix", "rows_from", "rows_below"}, "RowDefinition": {"label", "query"},
    "Judgement": {"row", "column", "verdict", "coder", "at", "fingerprint"}, "SourceSetDraft": {"name", "uid"},
    "JudgementBasis": {"computed", "rule", "covered_by"}, "BasisQuote": {"source", "stance", "certainty"},
    "Summary": {"coder", "at", "matrix", "row", "column", "code", "case", "uid"}, "Reading": {"source", "coder", "at", "code"},
    "Round": {"coder", "name", "started", "ended"}, "TopicRecord": {"source", "topic", "state", "case"},
    "Package": {"coder", "digest", "made"}, "CommentDraft": {"text", "author", "created"}, "LeftOut": {"what", "one", "many", "kind"},
}  # fmt: skip
"""Other fields with texts: names, labels, times, marks and ids. They stay, or are never in a draft of a study."""


def types_in(cls: type, found: dict[str, type]) -> None:
    """Collect the dataclasses that a dataclass is made of, by their names."""
    if cls.__name__ in found or not dataclasses.is_dataclass(cls):
        return
    found[cls.__name__] = cls
    names = {name: getattr(sibtui, name) for name in sibtui.__all__}
    scope = names | vars(sys.modules[cls.__module__]) | {"sibtui": sibtui, "Any": Any}
    for hint in get_type_hints(cls, scope).values():
        for part in parts(hint):
            if isinstance(part, type):
                types_in(part, found)


def test_each_text_of_a_study_is_cleaned_or_is_a_name() -> None:
    """A new field with a text fails here: add it to `with_written_texts`, or to the names that stay."""
    found: dict[str, type] = {}
    types_in(sibtui.StudyDraft, found)
    assert {"SourceDraft", "Claim", "Summary", "RowDefinition", "BasisQuote"} <= found.keys()
    for name, cls in found.items():
        fields = {field.name for field in dataclasses.fields(cls) if re.search(r"\bstr\b|Text", str(field.type))}
        single = {each for each in fields if not re.search(r"tuple|Mapping|Names|Iterable", str(_type(cls, each)))}
        known = CLEANED.get(name, set()) | NAMES.get(name, set())
        assert single <= known, (name, single - known)


def _type(cls: type, name: str) -> object:
    return next(field.type for field in dataclasses.fields(cls) if field.name == name)
