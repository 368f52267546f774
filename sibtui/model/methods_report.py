"""The report on the methods of a study: numbers, answers to a reporting checklist (standard), and a paragraph.

The program answers an item of the checklist by counting, or the author answers it. If an item has no answer, the report
has `[TO COMPLETE]`. The paragraph describes the method with the numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from sibtui.model.frozen import dataclass
from sibtui.model.method_standards import ITEMS_OF, MethodItem, MethodStandard
from sibtui.model.table import Table
from sibtui.model.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

TO_COMPLETE = "[TO COMPLETE]"
AnswerOrigin = Literal["counted", "declared", "counted and declared", "TO COMPLETE"]
"""The origin of an answer: counted, written by the author, or missing."""


@dataclass(frozen=True, slots=True)
class MethodFacts:
    """Facts that the program has counted in a study. If the study lacks a fact, its field is 0 or empty.

    `kinds` are texts such as `12 interviews (2020-03-02 to 2020-05-04)`. `figures` has (name, value) of each number
    in the report.
    """

    kinds: tuple[str, ...] = ()
    people: int = 0
    cases: int = 0
    coders: int = 0
    read_by_several: int = 0
    sources: int = 0
    themes: int = 0
    codes: int = 0
    deductive: int = 0
    emergent: int = 0
    codings: int = 0
    countering: int = 0
    searched: int = 0
    waiting: int = 0
    first_day: str = ""
    last_day: str = ""
    cells: int = 0
    judgements: int = 0
    agreement: str = ""
    software: str = ""
    figures: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class MethodsReport:
    """The content of the report on methods.

    `counted` and `declared` are maps: key of an item of the checklist → answer. The answers in `counted` come from the
    program, which counts what is in the study. Those in `declared` come from the author.
    """

    facts: MethodFacts
    standard: MethodStandard
    counted: Mapping[str, str]
    declared: Mapping[str, str]

    def table(self) -> Table:
        """Return the report as a table: first figures such as the number of sources, then the items of the checklist.

        Below the table is a paragraph with these figures, for the paper.

        >>> project.reports.methods().columns
        ('part', 'number', 'item', 'question', 'answer', 'from')
        """
        rows: list[tuple[str | int, ...]] = [
            ("figures", "", name, "", value, "counted") for name, value in self.facts.figures
        ]
        part = self.standard.upper()
        for item in ITEMS_OF[self.standard]:
            answer, origin = self.answer(item)
            rows.append((part, item.number, item.title, item.question, answer, origin))
        columns = ("part", "number", "item", "question", "answer", "from")
        return Table(
            columns,
            tuple(rows),
            "Report on the methods",
            below=tuple(self._below()),
            objects=tuple(self._objects(rows)),
        )

    def answer(self, item: MethodItem) -> tuple[str, AnswerOrigin]:
        """Return (answer to an item, its origin). An answer that only the author gave has the origin “declared”."""
        counted, declared = self.counted.get(item.key, ""), self.declared.get(item.key, "")
        if counted and declared:
            return f"{counted} {declared}", "counted and declared"
        if declared:
            return declared, "declared"
        return (counted, "counted") if counted else (TO_COMPLETE, "TO COMPLETE")

    def _below(self) -> Iterator[str]:
        open_items = sum(self.answer(item)[1] == "TO COMPLETE" for item in ITEMS_OF[self.standard])
        if open_items:
            yield f"{plural(open_items, 'item')} to complete."
        yield f"Paragraph: {paragraph(self.facts, self.declared) or TO_COMPLETE}"

    def _objects(self, rows: Sequence[tuple[str | int, ...]]) -> Iterator[dict[str, Any]]:
        for part, number, item, question, answer, origin in rows:
            yield {
                "part": part, "number": number, "item": item, "question": question, "answer": str(answer), "from": origin,
            }  # fmt: skip


def paragraph(facts: MethodFacts, declared: Mapping[str, str]) -> str:
    """Return a paragraph that describes the method. If a number is missing, its sentence is left out.

    `declared` are the author's answers.
    """
    return " ".join(_sentences(facts, declared))


def _sentences(facts: MethodFacts, declared: Mapping[str, str]) -> Iterator[str]:
    if facts.sources:
        about = f" on {plural(facts.cases, 'case')}" if facts.cases else ""
        yield f"The material is {plural(facts.sources, 'source')}{about}: {', '.join(facts.kinds)}."
    if facts.people:
        yield f"{plural(facts.people, 'person', 'people')} took part in the interviews."
    if "sampling" in declared:
        yield f"Sampling: {declared['sampling'].rstrip('.')}."
    if facts.themes:
        origins = (
            f" ({facts.deductive:,} deductive, {facts.emergent:,} emergent)" if facts.deductive + facts.emergent else ""
        )
        yield f"The codebook has {plural(facts.themes, 'theme')} and {plural(facts.codes, 'code')} below them{origins}."
    if facts.codings:
        yield from _coding(facts)
    if facts.agreement:
        yield f"Agreement between coders: {facts.agreement.rstrip('.')}."
    if facts.judgements:
        yield f"{plural(facts.judgements, 'cell')} of {facts.cells:,} in the tables {'is a judgement' if facts.judgements == 1 else 'are judgements'}."


def _coding(facts: MethodFacts) -> Iterator[str]:
    days = ""
    if facts.first_day and facts.first_day != facts.last_day:
        days = f" between {facts.first_day} and {facts.last_day}"
    elif facts.first_day:
        days = f" on {facts.first_day}"
    by = f"{plural(facts.coders, 'coder')} made" if facts.coders else "The study has"
    against = f", of which {facts.countering:,} are counter-evidence" if facts.countering else ""
    yield f"{by} {plural(facts.codings, 'coding')}{days}{against}, with {facts.software}."
    if facts.coders > 1:
        several = plural(facts.read_by_several, "source") if facts.read_by_several else "No source"
        yield f"{several} {'was' if facts.read_by_several < 2 else 'were'} read by several coders."
    if facts.searched:
        yield f"{plural(facts.searched, 'coding')} {'was' if facts.searched == 1 else 'were'} made by a search."
    if facts.waiting:
        yield f"{plural(facts.waiting, 'coding')} {'has' if facts.waiting == 1 else 'have'} no case yet."
