"""Rules for every public method: it takes one name or several, checks literals, takes paths as texts, and needs an open study."""

from __future__ import annotations

import collections.abc
import contextlib
import importlib
import inspect
import pkgutil
import types
import typing
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest

from sibtui.errors import InputError, NotFoundError, SibtuiError, StudyFileError
from sibtui.formats.sources.read_options import ReadOptions
from sibtui.model import arguments
from sibtui.model.arguments import Names
from sibtui.model.claims.claim import Claim
from sibtui.model.drafts import (
    AttributeDraft,
    CaseDraft,
    CodeDraft,
    CodeProposalDraft,
    CodingDraft,
    MemoDraft,
    QueryDraft,
    SourceDraft,
    SourceSetDraft,
)
from sibtui.model.filters import CodingFilter, EvidenceFilter
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.model.records import Act, Reading
from sibtui.model.segments import Segment
from sibtui.project import Project
from sibtui.project.exporting import appendix as appendix_module
from sibtui.project.exporting import safe_write, whole_folder
from sibtui.project.exports import Exports
from sibtui.project.importing import files, other_programs, study_folder_reader
from sibtui.project.shared.keyword_types import CodeFields
from sibtui.project.tables import shown_matrix
from sibtui.project.tables.shown_matrix import ShownMatrix
from tests.sweeps import in_part

from .study import add_code, add_source, apply_code

NOUNS = (
    "sources",
    "cases",
    "attributes",
    "codes",
    "codings",
    "sets",
    "queries",
    "claims",
    "quotes",
    "memos",
    "matrices",
    "pseudonyms",
    "history",
    "reports",
    "exports",
    "readings",
    "proposals",
)


def names_in_scope() -> dict[str, Any]:
    """All names that an annotation in `sibtui.project` may use: most are imported for the type checker alone."""
    found: dict[str, Any] = {**vars(typing), **vars(collections.abc), **vars(contextlib), "Path": Path}
    for package in ("sibtui.model", "sibtui.formats", "sibtui.store", "sibtui.project"):
        for module in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            loaded = importlib.import_module(module.name)
            found |= {name: value for name, value in vars(loaded).items() if not name.startswith("_")}
    progress = collections.abc.Callable[[int, int], None]
    return found | vars(arguments) | {"Path": Path, "Project": Project, "Progress": progress}


SCOPE = names_in_scope()


def public_functions() -> dict[str, Any]:
    found: dict[str, Any] = {
        f"Project.{name}": getattr(Project, name) for name in ("open", "create", "set_study", "act")
    }
    for noun in NOUNS:
        cls = Exports if noun == "exports" else get_type_hints_of_noun(noun)
        found |= {
            f"{noun}.{name}": method
            for name, method in inspect.getmembers(cls, inspect.isfunction)
            if not name.startswith("_")
        }
    found["ShownMatrix.write"] = ShownMatrix.write
    for module in (appendix_module, study_folder_reader, other_programs, safe_write, whole_folder, files, shown_matrix):
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if not name.startswith("_") and function.__module__ == module.__name__:
                found[f"{module.__name__.rpartition('.')[2]}.{name}"] = function
    return found


def get_type_hints_of_noun(noun: str) -> type:
    return SCOPE["SourceSets" if noun == "sets" else noun.capitalize()]


PUBLIC = public_functions()


def hints_of(name: str) -> dict[str, Any]:
    hints = get_type_hints(inspect.unwrap(PUBLIC[name]), {**SCOPE, "__builtins__": __builtins__})
    hints.pop("return", None)
    return hints


def parts(hint: Any) -> set[Any]:
    """Yield a type hint and all its parts."""
    return {hint if hint.__hash__ else str(hint)}.union(
        *(parts(each) for each in get_args(hint) if get_origin(hint) is not Literal)
    )


def takes_several_texts(hint: Any) -> bool:
    """Whether a part of the hint is an iterable of texts, tuples of a fixed length (a cell) and mappings aside."""
    origin = get_origin(hint)
    if isinstance(origin, type) and issubclass(origin, collections.abc.Mapping | collections.abc.Callable):
        return False
    if origin is collections.abc.Callable or origin is tuple:
        return False
    if isinstance(origin, type) and issubclass(origin, collections.abc.Iterable):
        return any(each is str or get_origin(each) is Literal for each in get_args(hint))
    return any(takes_several_texts(each) for each in get_args(hint))


def test_the_list_of_public_methods_is_complete() -> None:
    assert {"codings.attribute", "matrices.show", "exports.sqlite", "files.find_files", "Project.open"} <= set(PUBLIC)
    assert len(PUBLIC) > 90


# `owned` are patterns and `chunks` contents, both written by programs
WITHIN = {("whole_folder.write_folder", "owned"), ("safe_write.write_file", "chunks")}


@pytest.mark.parametrize("name", PUBLIC)
def test_an_argument_for_several_names_accepts_a_single_name(name: str) -> None:
    for argument, hint in hints_of(name).items():
        if takes_several_texts(hint) and (name, argument) not in WITHIN:
            either = get_args(hint) if get_origin(hint) in {types.UnionType, typing.Union} else ()
            singles = [each for each in either if each is str or get_origin(each) is Literal]
            assert singles, f"{name}({argument}: {hint}) takes several names, but not one"


@pytest.mark.parametrize("name", PUBLIC)
def test_an_argument_for_a_path_accepts_a_text(name: str) -> None:
    for argument, hint in hints_of(name).items():
        if Path in parts(hint):
            assert str in parts(hint), f"{name}({argument}: {hint}) takes a Path, but no text"


@pytest.mark.parametrize(
    "value", [SourceDraft, CodingDraft, RowDefinition, MatrixDefinition, CodingFilter, EvidenceFilter, ReadOptions]
)
def test_a_value_with_several_names_accepts_a_single_name(value: Any) -> None:
    needed = {"text": "t", "source": "s", "codes": "AB", "rows": (), "name": "n", "title": "t", "label": "l"}
    hints = get_type_hints(value, SCOPE)
    required = {
        name: needed.get(name, "x")
        for name, parameter in inspect.signature(value).parameters.items()
        if parameter.default is inspect.Parameter.empty
    }
    several = [name for name, hint in hints.items() if hint in (Names, Names | None)]
    assert several
    for name in several:
        assert getattr(value(**{**required, name: "AB"}), name) == ("AB",)
        assert getattr(value(**{**required, name: iter(["A", "B"])}), name) == ("A", "B")


# What is done with one name, by the fault that was found: cases A, B and AB


@pytest.fixture
def letters(empty: Project) -> Project:
    """Cases A, B and AB, a source which touches all three, a source of AB alone, and codes with such names."""
    add_source(empty, "n", "A", "B", "AB")
    add_source(empty, "AB", "AB")
    for path in ("A", "B", "AB"):
        add_code(empty, path)
    return empty


def test_a_coding_gets_the_case_that_is_given_as_a_single_name(letters: Project) -> None:
    coding = apply_code(letters, "n", "AB", cases="AB")
    assert coding.cases == ("AB",)
    assert letters.codings.attribute(coding.id, "A")[0].cases == ("A",)
    assert letters.codings.set(coding.id, cases=iter(["A", "AB"]))[0].cases == ("A", "AB")
    assert letters.codings.set([coding.id, coding.id], cases="AB")[0].cases == ("AB",)


def test_an_iterator_of_cases_is_used_for_several_codings(letters: Project) -> None:
    first, second = apply_code(letters, "n", "A", cases="A"), apply_code(letters, "n", "B", cases="A")
    assert [c.cases for c in letters.codings.attribute([first.id, second.id], iter(["AB"]))] == [("AB",), ("AB",)]


def test_a_source_gets_the_case_that_is_given_as_a_single_name(letters: Project) -> None:
    letters.sources.add(SourceDraft("new", "Text", cases="AB"), strict=True)
    assert letters.sources.get("new").cases == ("AB",)
    assert letters.sources.set("n", cases="AB").source.cases == ("AB",)
    assert [case.label for case in letters.cases.list()] == ["A", "B", "AB"]


def test_filters_accept_a_single_name(letters: Project) -> None:
    apply_code(letters, "n", "A", cases="A")
    apply_code(letters, "n", "AB", cases="AB")
    for wanted in (CodingFilter(codes="AB"), CodingFilter(cases="AB"), CodingFilter(codes=iter(["AB"]))):
        assert [coding.code for coding in letters.codings.list(wanted)] == ["AB"]
        assert letters.codings.count(wanted) == 1
    assert len(list(letters.codings.list(CodingFilter(kinds="interview", coders="Ana", sources="n")))) == 2
    assert len(letters.sources.list(kinds="interview")) == 2


def test_matrices_accept_a_single_name(letters: Project) -> None:
    apply_code(letters, "n", "AB", cases="AB")
    definition = letters.matrices.ad_hoc(codes="AB")
    assert [row.label for row in definition.rows] == ["AB"]
    shown_matrix = letters.matrices.show(definition, cases="AB", kinds="interview", coders="Ana")
    assert shown_matrix.columns == ("AB",)
    assert letters.matrices.evidence(definition, coders="Ana")[0].column == "AB"
    made = letters.matrices.define(MatrixDefinition("t", "", (RowDefinition("r", "AB"),), only="AB"))
    assert (made.rows[0].codes, made.only) == (("AB",), ("AB",))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda p: p.codings.remove("12"),
        lambda p: p.codings.set("1", memo="x"),
        lambda p: p.codings.attribute(["1"], "A"),
        lambda p: p.codes.split("A", "C", "12"),
        lambda p: p.codings.attribute(True, "A"),
        lambda p: p.sources.set("n", cases=5),
        lambda p: p.sources.set("n", cases=["A", 5]),
        lambda p: p.matrices.show(p.matrices.ad_hoc(codes="A"), cases=None),
        lambda p: p.matrices.evidence(p.matrices.ad_hoc(codes="A"), cell="AB"),
        lambda p: p.matrices.ad_hoc(codes="A", under="B"),
        lambda p: p.memos.list(of="A"),
        lambda p: p.exports.sqlite(5),
        lambda p: Project.open(5),
    ],
)
def test_values_that_are_not_names_or_numbers_or_paths_are_refused(letters: Project, wrong: Any) -> None:
    apply_code(letters, "n", "A", cases="A")
    apply_code(letters, "n", "B", cases="B")
    with pytest.raises(InputError):
        wrong(letters)
    assert letters.codings.count() == 2


# Literals


def matrix(letters: Project, **fields: Any) -> MatrixDefinition:
    return MatrixDefinition("", "", (RowDefinition("r", "A"),), **fields)


LITERALS: dict[str, Any] = {
    "sources.list(kinds)": lambda p, v: p.sources.list(kinds=v),
    "sources.list(reading)": lambda p, v: p.sources.list(reading=v),
    "sources.set(kind)": lambda p, v: p.sources.set("n", kind=v),
    "sources.set(fidelity)": lambda p, v: p.sources.set("n", fidelity=v),
    "sources.set(reading)": lambda p, v: p.sources.set("n", reading=v),
    "sources.set_topic(state)": lambda p, v: p.sources.set_topic("n", "A", v),
    "sources.add(draft.kind)": lambda p, v: p.sources.add(SourceDraft("x", "t", kind=v), strict=True),
    "sources.add(draft.fidelity)": lambda p, v: p.sources.add(SourceDraft("x", "t", fidelity=v), strict=True),
    "sources.add(draft.reading)": lambda p, v: p.sources.add(SourceDraft("x", "t", reading=v), strict=True),
    "attributes.list(of)": lambda p, v: p.attributes.list(v),
    "attributes.get(of)": lambda p, v: p.attributes.get(v, "size"),
    "attributes.add(of)": lambda p, v: p.attributes.add(v, "size"),
    "attributes.add(kind)": lambda p, v: p.attributes.add("case", "x", v),
    "attributes.set(of)": lambda p, v: p.attributes.set(v, "size", position=1),
    "attributes.set(kind)": lambda p, v: p.attributes.set("case", "size", kind=v),
    "attributes.remove(of)": lambda p, v: p.attributes.remove(v, "size"),
    "codes.add(draft.origin)": lambda p, v: p.codes.add(CodeDraft("x", origin=v)),
    "codes.add(draft.status)": lambda p, v: p.codes.add(CodeDraft("x", status=v)),
    "codes.import_(draft.status)": lambda p, v: p.codes.import_(CodeDraft("A", status=v)),
    "codes.compare(draft.status)": lambda p, v: p.codes.compare(CodeDraft("A", status=v)),
    "codes.set(origin)": lambda p, v: p.codes.set("A", origin=v),
    "codes.set(status)": lambda p, v: p.codes.set("A", status=v),
    "codings.add(draft.stance)": lambda p, v: p.codings.add(CodingDraft("n", "A", Segment(0, 3), stance=v)),
    "codings.add(draft.certainty)": lambda p, v: p.codings.add(CodingDraft("n", "A", Segment(0, 3), certainty=v)),
    "codings.decide(take)": lambda p, v: p.codings.decide(1, v),
    "codings.set(stance)": lambda p, v: p.codings.set(1, stance=v),
    "codings.set(certainty)": lambda p, v: p.codings.set(1, certainty=v),
    "codings.add_found(span)": lambda p, v: p.codings.add_found("A", search="text", span=v),
    "codings.add_found(stance)": lambda p, v: p.codings.add_found("A", search="text", stance=v),
    "codings.add_found(certainty)": lambda p, v: p.codings.add_found("A", search="text", certainty=v),
    "codings.add_found(within)": lambda p, v: p.codings.add_found("A", search=["rate", "card"], within=str(v)),
    "reports.quotes(by)": lambda p, v: p.reports.quotes(by=v),
    "codings.list(how=)": lambda p, v: p.codings.list(how=v),
    "codings.list(stance)": lambda p, v: p.codings.list(CodingFilter(stance=v)),
    "codings.list(stance=)": lambda p, v: p.codings.list(stance=v),
    "codings.count(kind=)": lambda p, v: p.codings.count(kind=v),
    "codes.add(origin=)": lambda p, v: p.codes.add("x", origin=v),
    "codings.add(stance=)": lambda p, v: p.codings.add("n", "A", segment=Segment(0, 3), stance=v),
    "codings.list(certainty)": lambda p, v: p.codings.count(CodingFilter(certainty=v)),
    "codings.list(kinds)": lambda p, v: p.codings.list(CodingFilter(kinds=v)),
    "memos.list(on)": lambda p, v: p.memos.list(on=v),
    "memos.list(on, of)": lambda p, v: p.memos.list(on=v, of="A"),
    "memos.add(on)": lambda p, v: p.memos.add("text", on=v),
    "memos.add(draft.on)": lambda p, v: p.memos.add(MemoDraft(v, "A", "", "text")),
    "proposals.list(state)": lambda p, v: p.proposals.list(state=v),
    "proposals.insert(draft.state)": lambda p, v: p.proposals.insert([CodeProposalDraft("x", state=v)]),
    "proposals.accept(origin)": lambda p, v: p.proposals.accept(p.proposals.list()[0].id, "x", origin=v),
    "matrices.define(show)": lambda p, v: p.matrices.define(matrix(p, show=v)),
    "matrices.define(marks)": lambda p, v: p.matrices.define(matrix(p, marks={v: "X"})),
    "matrices.show(kinds)": lambda p, v: p.matrices.show(matrix(p), kinds=v),
    "matrices.show(show)": lambda p, v: p.matrices.show(matrix(p), show=v),
    "matrices.show(sort)": lambda p, v: p.matrices.show(matrix(p), sort=v),
    "matrices.show(marks)": lambda p, v: p.matrices.show(matrix(p), marks={v: "X"}),
    "matrices.traced(kinds)": lambda p, v: p.matrices.traced(matrix(p), kinds=(v,)),
    "matrices.evidence(kinds)": lambda p, v: p.matrices.evidence(matrix(p), kinds=[v]),
    "matrices.judge(verdict)": lambda p, v: p.matrices.judge("t", "r", "A", v, "because"),
    "reports.codebook_document(format)": lambda p, v: p.reports.codebook_document(v),
    "reports.agreement(unit)": lambda p, v: p.reports.agreement(unit=v),
    "reports.agreement(by)": lambda p, v: p.reports.agreement(by=v),
    "reports.agreement(touch)": lambda p, v: p.reports.agreement(touch=v),
    "reports.agreement(extras)": lambda p, v: p.reports.agreement(extras=v),
    "reports.cooccurrence(unit)": lambda p, v: p.reports.cooccurrence(unit=v),
    "sources.kwic(within)": lambda p, v: list(p.sources.kwic(["rate", "card"], within=str(v))),
    "sources.search(within)": lambda p, v: list(p.sources.search(["rate", "card"], within=str(v))),
    "exports.transcript(format)": lambda p, v: p.exports.transcript(v),
    "claims.check(states)": lambda p, v: p.claims.check(states=v),
    "reports.methods(standard)": lambda p, v: p.reports.methods(v),
    "reports.sensitivity(without)": lambda p, v: p.reports.sensitivity(without=v),
    "reports.saturation(table)": lambda p, v: p.reports.saturation(table=v),
    "reports.saturation(order)": lambda p, v: p.reports.saturation(order=v),
    "reports.saturation(origin)": lambda p, v: p.reports.saturation(origin=v),
    "reports.saturation(level)": lambda p, v: p.reports.saturation(level=v),
    "reports.coverage(by)": lambda p, v: p.reports.coverage(by=v),
    "reports.words(by)": lambda p, v: p.reports.words(by=v),
    "reports.cooccurrence(cells)": lambda p, v: p.reports.cooccurrence(cells=v),
    "appendix(form)": lambda p, v: appendix_module.appendix(p.matrices.traced(matrix(p)), v),
}


@pytest.mark.parametrize("wrong", ["mispelt", "", 5])
@pytest.mark.parametrize("call", in_part(LITERALS))
def test_a_misspelt_choice_is_refused_with_a_list_of_the_choices(letters: Project, call: str, wrong: Any) -> None:
    apply_code(letters, "n", "A", cases="A")
    letters.attributes.add("case", "size")
    letters.proposals.add("x")
    letters.matrices.define(MatrixDefinition("t", "", (RowDefinition("r", "A"),)))
    acts = len(letters.history.list())
    with pytest.raises(InputError, match=r"choose |one of"):
        LITERALS[call](letters, wrong)
    assert len(letters.history.list()) == acts


def literal_arguments() -> set[str]:
    return {
        f"{name}({argument})"
        for name in PUBLIC
        for argument, hint in hints_of(name).items()
        if get_origin(hint) is not collections.abc.Callable and any(get_origin(each) is Literal for each in parts(hint))
    }


def test_every_argument_with_fixed_choices_is_tested() -> None:
    missing = {each for each in literal_arguments() if not each.startswith("codes.set(")} - set(LITERALS)
    assert not missing, "add a call with a misspelt literal"
    assert {name for name, hint in get_type_hints(CodeFields, SCOPE, SCOPE).items() if get_origin(hint) is Literal} == {
        "origin",
        "status",
    }


def test_a_choice_is_accepted_in_any_letter_case(letters: Project) -> None:
    coding = apply_code(letters, "n", "A", cases="A")
    assert letters.codings.set(coding.id, stance="Counters")[0].stance == "counters"  # type: ignore[arg-type]
    assert [c.id for c in letters.codings.list(CodingFilter(stance=" COUNTERS"))] == [coding.id]  # type: ignore[arg-type]


def test_a_preview_reports_a_source_with_an_unknown_kind_as_refused(letters: Project) -> None:
    draft = SourceDraft("x", "t", kind="poem")  # type: ignore[arg-type]
    assert [added.outcome for added in letters.sources.foresee(draft)] == ["refused"]
    assert (
        letters.sources.add(draft)[0].why
        == "“poem” is not a valid kind of source: choose interview, document, report or other."
    )


def test_the_error_about_a_missing_cell_names_the_cell(letters: Project) -> None:
    shown_matrix = letters.matrices.show(letters.matrices.ad_hoc(codes="A"))
    assert shown_matrix.cell("a", "ab").state == "incomplete"
    with pytest.raises(NotFoundError, match="No row is named “Z”"):
        shown_matrix.cell("Z", "A")


# A closed study

ARGUMENTS: dict[str, Any] = {
    "sources.search": ("x",),
    "sources.add": (SourceDraft("x", "t"),),
    "sources.insert": (SourceDraft("x", "t"),),
    "sources.foresee": (SourceDraft("x", "t"),),
    "sources.correct": ("n", "text"),
    "sources.set_topic": ("n", "A", "asked"),
    "attributes.get": ("case", "x"),
    "attributes.add": ("case", "x"),
    "attributes.set": ("case", "x"),
    "attributes.remove": ("case", "x"),
    "codes.add": (CodeDraft("x"),),
    "cases.insert": (CaseDraft("x"),),
    "attributes.insert": (AttributeDraft("case", "x", "text"),),
    "codes.insert": ([CodeDraft("x")],),
    "codes.import_": ([CodeDraft("x")],),
    "codes.compare": ([CodeDraft("x")],),
    "codes.rename": ("A", "B"),
    "codes.merge": ("A", "B"),
    "codes.split": ("A", "B", [1]),
    "codings.find": ("n", "x"),
    "codings.add": (CodingDraft("n", "A", Segment(0, 1)),),
    "codings.import_table": (b"source,code,quote\nn,A,x\n",),
    "codings.import_": ([CodingDraft("n", "A", Segment(0, 1))],),
    "codings.insert": ([CodingDraft("n", "A", Segment(0, 1))],),
    "codings.get": (1,),
    "codings.decide": (1, "neither"),
    "codings.set": (1,),
    "codings.remove": (1,),
    "codings.attribute": (1, "A"),
    "codings.attribute_by_speaker": ("n", {"Ana": "A"}),
    "codings.accept": (1,),
    "sources.text_of_version": ("n", 1),
    "memos.get": (1,),
    "memos.set": (1,),
    "memos.remove": (1,),
    "memos.add": (MemoDraft("case", "A", "", "text"),),
    "memos.insert": (MemoDraft("case", "A", "", "text"),),
    "claims.add": (Claim("C1", "x"),),
    "claims.insert": ([Claim("C1", "x")],),
    "claims.load": ([Claim("C1", "x")],),
    "sets.insert": ([SourceSetDraft("x", ("n",))],),
    "queries.insert": ([QueryDraft("x", "waiting")],),
    "queries.save": ("x", "waiting"),
    "proposals.get": (1,),
    "proposals.import_": ([CodeDraft("x")],),
    "proposals.insert": ([CodeProposalDraft("x")],),
    "proposals.accept": (1,),
    "proposals.reject": (1, "because"),
    "matrices.judge": ("t", "r", "A", "present", "because"),
    "matrices.unjudge": ("t", "r", "A"),
    "matrices.define": (MatrixDefinition("t", "", (RowDefinition("r", "A"),)),),
    "matrices.insert": (MatrixDefinition("t", "", (RowDefinition("r", "A"),)),),
    "matrices.checked": (MatrixDefinition("t", "", (RowDefinition("r", "A"),)),),
    "sources.move": ("A", 1),
    "history.get": (1,),
    "history.changes": (1,),
    "history.fact": (Act(1, "", "Ana", "code set", "code A", "done", 1),),
    "history.message": ([Act(1, "", "Ana", "code set", "code A", "done", 1)],),
    "reports.codebook_document": ("html",),
    "readings.insert": (Reading("n", "Ana", "2020-05-14"),),
}


def call_of(project: Project, name: str, folder: Path) -> Any:
    noun, _, method = name.partition(".")
    function = getattr(getattr(project, noun), method)
    given = ARGUMENTS.get(name)
    if given is None:
        needed = [
            p
            for p in inspect.signature(function).parameters.values()
            if p.default is p.empty and p.kind is p.POSITIONAL_OR_KEYWORD
        ]
        given = tuple(folder / "out" if p.name == "path" and noun == "exports" else "A" for p in needed)
    keywords: dict[str, Any] = {"drawing_on": {"without": "A"}, "message": {"undone": True}}.get(method, {})
    result = function(*given, **keywords)
    if isinstance(result, contextlib.AbstractContextManager):
        return result.__enter__()
    return next(result) if inspect.isgenerator(result) else result


OF_THE_KEY = {f"pseudonyms.{name}" for name in ("add", "chained", "list", "remove", "use_key")}
"""Methods that use the file of the key and not the study."""


@pytest.mark.parametrize(
    "name", in_part(name for name in PUBLIC if name.partition(".")[0] in NOUNS and name not in OF_THE_KEY)
)
def test_every_method_of_a_closed_study_raises_an_error_of_sibtui(letters: Project, tmp_path: Path, name: str) -> None:
    letters.close()
    with pytest.raises(StudyFileError, match="is closed"):
        call_of(letters, name, tmp_path)


@pytest.mark.parametrize(
    "use",
    [
        lambda p: p.study,
        lambda p: p.coders,
        lambda p: p.data_version,
        lambda p: p.check(),
        lambda p: p.set_study(name="x"),
        lambda p: p.act("x", "y").__enter__(),
        lambda p: p.interrupt(),
        lambda p: p.wait_at_most(1),
    ],
)
def test_methods_of_a_closed_project_raise_an_error_of_sibtui(letters: Project, use: Any) -> None:
    letters.close()
    letters.close()
    with pytest.raises(StudyFileError, match="is closed"):
        use(letters)


def test_a_stream_that_is_read_after_its_study_was_closed_raises_an_error_of_sibtui(letters: Project) -> None:
    for start in range(0, 60, 2):
        apply_code(letters, "n", "A", start, start + 2, cases="A")
    stream = letters.codings.list()
    next(stream)
    letters.close()
    with pytest.raises(SibtuiError):
        list(stream)


# Paths


def test_paths_can_be_given_as_texts(letters: Project, tmp_path: Path) -> None:
    here = str(tmp_path)
    letters.exports.codings(f"{here}/codings.csv")
    letters.exports.folder(f"{here}/folder")
    letters.exports.qdpx(f"{here}/study.qdpx")
    letters.exports.qdc(f"{here}/codes.qdc")
    letters.exports.sqlite(f"{here}/flat.db")
    assert letters.matrices.show(letters.matrices.ad_hoc(codes="A")).write(f"{here}/table.md") == "md"
    assert study_folder_reader.read_folder(f"{here}/folder").codes
    assert other_programs.is_foreign(f"{here}/study.qdpx")
    assert other_programs.read_foreign(f"{here}/study.qdpx").study.codes
    (tmp_path / "note.md").write_text("A note.")
    assert len(files.find_files(f"{here}/note.md").files) == 1
    assert len(files.find_files([here]).files) > 1
    assert files.read_file(f"{here}/note.md").drafts[0].text == "A note."
    safe_write.write_file(f"{here}/file.txt", ["x"])
    whole_folder.write_folder(f"{here}/other", [("a", b"x")], ())
    with Project.create(f"{here}/new.sibtui") as made, Project.open(here + "/new.sibtui") as again:
        assert made.study == again.study
