"""Random acts through the public API, for the property of the history."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from sibtui.errors import SibtuiError
from sibtui.model.drafts import CodeDraft, CodingDraft, MemoDraft, SourceDraft
from sibtui.model.matrix_definition import SAVED_SHOWS, MatrixDefinition, RowDefinition
from sibtui.model.presence import STATES, Rule
from sibtui.model.query.completion import quoted
from sibtui.model.records import ASKED, ATTRIBUTE_KINDS, CERTAINTIES, FIDELITIES, KINDS, READINGS, STANCES
from sibtui.model.segments import Segment

from .study import TEXT

if TYPE_CHECKING:
    from random import Random

    from sibtui.project import Project

HOSTILE = [
    "a\x00b",
    "line\u2028para\u2029next\x85",
    "😀é\u0301",
    "\u202eevil\u2066",
    "'; DROP TABLE texts; --",
    '"\\\n\t',
]


class Acts:
    """Random acts through the public API. Each picks its items from those in the study. A refused act must leave no trace."""

    def __init__(self, project: Project, random: Random) -> None:
        self.project = project
        self.random = random

    def pick(self, things: Any) -> Any:
        """Return one of these, or a name that the study no longer has."""
        known = list(things)
        return self.random.choice(known) if known else "gone"

    def maybe(self, value: Any) -> Any:
        return value if self.random.random() < 0.5 else None

    def name(self, stem: str) -> str:
        return self.pick([f"{stem} {self.random.randint(1, 4)}", f"{stem} {self.pick(HOSTILE)}"])

    @property
    def source(self) -> str:
        return self.pick(source.name for source in self.project.sources.list())

    @property
    def case(self) -> str:
        return self.pick(case.label for case in self.project.cases.list())

    @property
    def cases(self) -> list[str]:
        labels = [case.label for case in self.project.cases.list()]
        return self.random.sample(labels, self.random.randint(0, min(2, len(labels))))

    @property
    def code(self) -> str:
        return self.pick(code.path for code in self.project.codes.list())

    @property
    def codings(self) -> list[int]:
        numbers = [coding.id for coding in self.project.codings.list()]
        return self.random.sample(numbers, self.random.randint(0, min(3, len(numbers))))

    @property
    def memo(self) -> int:
        numbers = [memo.id for memo in self.project.memos.list() if memo.id]
        return self.random.choice(numbers) if numbers else 99

    @property
    def matrix(self) -> str:
        return self.pick(matrix.name for matrix in self.project.matrices.list())

    @property
    def attribute(self) -> tuple[Any, str]:
        return (
            self.pick((a.of, a.name) for a in self.project.attributes.list())
            if self.project.attributes.list()
            else ("case", "x")
        )

    def values(self) -> dict[str, Any]:
        return {self.name("attribute"): self.pick([None, 3, True, "text", "2020-03-17", self.pick(HOSTILE)])}

    def segment(self) -> Segment:
        """Between few edges, so that codings touch, nest and are equal."""
        start, end = sorted(self.random.sample([0, 16, 17, 40, 41, 60], 2))
        return Segment(start, end)

    def coding(self) -> CodingDraft:
        return CodingDraft(
            self.source, self.code, self.segment(), coder=self.maybe(self.name("coder")),
            stance=self.pick(STANCES), certainty=self.pick(CERTAINTIES), memo=self.pick(["", *HOSTILE]),
        )  # fmt: skip

    def source_add(self) -> None:
        drafts = [
            SourceDraft(
                self.name("note"), TEXT + self.pick(HOSTILE), self.name("title"), self.pick(KINDS), self.pick(FIDELITIES),
                tuple(self.cases) + self.pick([(), ("SIB C",)]), self.pick(READINGS), attributes=self.values(),
                sha256=self.pick(["", "0" * 64, "1" * 64]),
            )
            for _ in range(self.random.randint(1, 2))
        ]  # fmt: skip
        self.project.sources.add(drafts)

    def source_set(self) -> None:
        self.project.sources.set(
            self.source, new_name=self.maybe(self.name("note")), title=self.maybe(self.name("title")),
            kind=self.maybe(self.pick(KINDS)), fidelity=self.maybe(self.pick(FIDELITIES)),
            reading=self.maybe(self.pick(READINGS)), cases=self.maybe(self.cases), attributes=self.maybe(self.values()),
        )  # fmt: skip

    def source_remove(self) -> None:
        self.project.sources.remove(self.source)

    def source_correct(self) -> None:
        name = self.source
        text = self.project.sources.text(name)
        at = self.random.randint(0, len(text))
        self.project.sources.correct(name, text[:at] + self.pick(HOSTILE) + text[at:], original="corrected.md")

    def source_coverage(self) -> None:
        self.project.sources.set_topic(self.source, self.code, self.pick([None, *ASKED]))

    def set_add(self) -> None:
        self.project.sets.add(self.name("set"), [self.source])

    def set_change(self) -> None:
        known = [each.name for each in self.project.sets.list()]
        if self.random.random() < 0.5:
            self.project.sets.rename(self.pick(known), self.name("set"))
        elif self.random.random() < 0.5:
            self.project.sets.take_out(self.pick(known), self.source)
        else:
            self.project.sets.remove(self.pick(known))

    @property
    def query(self) -> str:
        return self.pick(each.name for each in self.project.queries.list())

    def query_save(self) -> None:
        word, name = self.pick(
            [
                ("code", self.code), ("exactly", self.code), ("case", self.case), ("source", self.source), ("query", self.query),
                ("set", self.pick(each.name for each in self.project.sets.list())),
            ]
        )  # fmt: skip
        logic = self.pick(["", "not ", "coder Ana and ", "waiting or "])
        self.project.queries.save(
            self.pick([self.name("query"), self.query]),
            f"{logic}{word} {quoted(name)}",
            replace=self.pick([True, False]),
        )

    def query_remove(self) -> None:
        self.project.queries.remove(self.query)

    def matrix_on_query(self) -> None:
        rows = (RowDefinition("on a query", query=self.query), RowDefinition("row", self.code))
        self.project.matrices.define(MatrixDefinition(self.pick([self.name("table"), self.matrix]), "", rows))

    def case_add(self) -> None:
        self.project.cases.add(self.name("case"), private_name=self.maybe("Leeds"), attributes=self.values())

    def case_set(self) -> None:
        self.project.cases.set(
            self.case, new_label=self.maybe(self.name("case")), private_name=self.maybe(self.pick(["", "York"])),
            position=self.maybe(self.random.randint(1, 4)), attributes=self.maybe(self.values()),
        )  # fmt: skip

    def case_remove(self) -> None:
        self.project.cases.remove(self.case)

    def attribute_add(self) -> None:
        self.project.attributes.add(self.pick(["case", "source"]), self.name("attribute"), self.pick(ATTRIBUTE_KINDS))

    def attribute_set(self) -> None:
        self.project.attributes.set(
            *self.attribute, new_name=self.maybe(self.name("attribute")), kind=self.maybe(self.pick(ATTRIBUTE_KINDS)),
            position=self.maybe(self.random.randint(1, 4)),
        )  # fmt: skip

    def attribute_remove(self) -> None:
        self.project.attributes.remove(*self.attribute)

    def code_add(self) -> None:
        above = self.pick(["New theme", self.code])
        self.project.codes.add(
            CodeDraft(f"{above}/{self.name('code').replace('/', '')}", self.pick(HOSTILE), key=self.maybe("K"))
        )

    def code_set(self) -> None:
        self.project.codes.set(
            self.code,
            definition=self.pick(HOSTILE),
            colour=self.pick([None, "sky", "#00ff00"]),
            key=self.pick([None, "K", "L"]),
        )

    def code_rename(self) -> None:
        self.project.codes.rename(self.code, self.name("code"))

    def code_move(self) -> None:
        self.project.codes.move(self.code, self.maybe(self.code), position=self.maybe(self.random.randint(1, 3)))

    def code_merge(self) -> None:
        self.project.codes.merge(self.code, self.code, because=self.pick(["", *HOSTILE]))

    def code_split(self) -> None:
        coded = [code for code in self.project.codes.list(counts=True) if code.codings]
        path = self.pick(code.path for code in coded)
        numbers = [coding.id for coding in self.project.codings.list() if coding.code == path]
        self.project.codes.split(path, self.name("split"), numbers[: self.random.randint(0, len(numbers))])

    def code_retire(self) -> None:
        self.project.codes.retire(self.code, because="why")

    def code_restore(self) -> None:
        self.project.codes.restore(self.code)

    def code_remove(self) -> None:
        self.project.codes.remove(self.code)

    def code_import(self) -> None:
        drafts = [
            *self.project.codes.export()[:3],
            CodeDraft("Imported/One", "new"),
            CodeDraft(self.code, "told anew", key="M"),
        ]
        self.project.codes.import_(drafts)

    def code_propose(self) -> None:
        self.project.proposals.import_(
            [CodeDraft(self.pick(["Peers", self.code]), self.pick(HOSTILE)), CodeDraft("Theme/Proposed")],
            coder=self.maybe(self.name("coder")),
        )

    @property
    def proposals(self) -> list[int]:
        numbers = [proposal.id for proposal in self.project.proposals.list(state="open")]
        return self.random.sample(numbers, self.random.randint(0, min(3, len(numbers))))

    def code_accept(self) -> None:
        self.project.proposals.accept(
            self.proposals,
            self.maybe(self.code),
            definition=self.maybe(self.pick(HOSTILE)),
            because=self.pick(["", *HOSTILE]),
        )

    def code_reject(self) -> None:
        self.project.proposals.reject(self.proposals, self.pick(HOSTILE))

    def coding_add(self) -> None:
        self.project.codings.add(self.coding())

    def coding_import(self) -> None:
        size = self.pick([2, 5, 120])  # a large one is recorded in another way
        self.project.codings.import_([self.coding() for _ in range(size)])

    def coding_set(self) -> None:
        self.project.codings.set(
            self.codings, code=self.maybe(self.code), segment=self.maybe(self.segment()), stance=self.maybe(self.pick(STANCES)),
            certainty=self.maybe(self.pick(CERTAINTIES)), cases=self.maybe(self.cases), coder=self.maybe(self.name("coder")),
            memo=self.maybe(self.pick(HOSTILE)),
        )  # fmt: skip

    def coding_attribute(self) -> None:
        self.project.codings.attribute(self.codings, self.cases)

    def coding_remove(self) -> None:
        self.project.codings.remove(self.codings)

    def memo_add(self) -> None:
        on = self.pick(["project", "source", "case", "code", "matrix", "coding"])
        of = {
            "project": "", "source": self.source, "case": self.case, "code": self.code, "matrix": self.matrix,
            "coding": str((self.codings or [99])[0]),
        }[on]  # fmt: skip
        self.project.memos.add(MemoDraft(on, of, self.name("title"), self.pick(HOSTILE)))

    def memo_set(self) -> None:
        self.project.memos.set(self.memo, title=self.maybe(self.name("title")), text=self.maybe(self.pick(HOSTILE)))

    def memo_remove(self) -> None:
        self.project.memos.remove(self.memo)

    def matrix_define(self) -> None:
        attributes = [f"{each.of} attribute:{each.name}" for each in self.project.attributes.list()]
        columns = self.pick(["cases", "sources", "kinds", "coders", *attributes])
        bare = MatrixDefinition("", "", (RowDefinition("row", (self.code,)),), columns)
        labels = self.project.matrices.show(bare).columns
        notes = {self.pick(labels): self.pick(HOSTILE)} if labels else {}
        rows = tuple(
            RowDefinition(f"row {at}", (self.code,), self.random.random() < 0.5, self.pick(["", "a note"]), notes)
            for at in range(self.random.randint(1, 2))
        )
        rows_from = self.pick(["", "all", "below"])
        self.project.matrices.define(
            MatrixDefinition(
                self.name("table"), self.name("title"), rows, columns,
                tuple(self.random.sample(labels, self.random.randint(0, min(2, len(labels))))),
                self.pick(SAVED_SHOWS), Rule(self.random.randint(1, 2), 1), {"contested": "X"} if self.random.random() < 0.5 else {},
                rows_from=rows_from, rows_below=self.code if rows_from == "below" else "",
            )
        )  # fmt: skip

    def _cell(self) -> tuple[str, str, str]:
        name = self.matrix
        shown = self.project.matrices.show(name)
        return name, self.pick(row.label for row in shown.rows), self.pick(shown.columns)

    def matrix_judge(self) -> None:
        self.project.matrices.judge(*self._cell(), self.pick(STATES), self.pick(HOSTILE))

    def matrix_unjudge(self) -> None:
        self.project.matrices.unjudge(*self._cell())

    def summary_set(self) -> None:
        if self.random.random() < 0.5:
            self.project.summaries.set(*self._cell(), self.pick(HOSTILE))
        else:
            self.project.summaries.set_code(self.code, self.case, self.pick(HOSTILE))

    def summary_remove(self) -> None:
        written = self.pick([each.summary for each in self.project.summaries.list()])
        if written == "gone":
            self.project.summaries.remove(*self._cell())
        elif written.code:
            self.project.summaries.remove_code(written.code, written.case, coder=written.coder)
        else:
            self.project.summaries.remove(written.matrix, written.row, written.column, coder=written.coder)

    def matrix_remove(self) -> None:
        self.project.matrices.remove(self.matrix)

    def study_set(self) -> None:
        self.project.set_study(
            name=self.name("study"), description=self.maybe(self.pick(HOSTILE)), first_note=self.maybe(2)
        )

    def several(self) -> None:
        """Make one act of several changes, of which some may be refused."""
        with self.project.act("tidy up", "several changes"):
            for verb in self.random.sample(VERBS, 3):
                with suppress(SibtuiError):
                    getattr(self, verb)()


VERBS = sorted(verb for verb in vars(Acts) if "_" in verb.strip("_") and not verb.startswith("_"))
