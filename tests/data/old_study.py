"""The small study that the scripts beside this module make in files of older schema versions: its content, and the acts that write it.

Each script ran once, with the last code that made files of its version. Later code makes files of a later version, so a script cannot
make its file again. The scripts are kept because they show what the files hold.
"""

from __future__ import annotations

import os
import tempfile
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch
from uuid import UUID

from sibtui import Project
from sibtui.model.drafts import CodeDraft, CodingDraft, MemoDraft, SourceDraft
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.model.presence import Rule
from sibtui.model.segments import Segment
from sibtui.store import connection, schema

if TYPE_CHECKING:
    from collections.abc import Callable

    Step = Callable[[Project], object]

FOLDER = Path(__file__).parent
NORTH = """# Interview with a link worker

The link workers broker and coach. They hold a personal budget of around £500 a person.
Nine in ten requests are approved, she said. A women’s group of 15 meets on Mondays.

“We ask people to trust us,” she said — and some do. Nobody asked the tenants. 😀
"""
SOUTH = """# Interview with a manager

Budgets were cut twice. The manager signs every request himself.
People lost trust when the office closed. They came back after a year.
"""
BOTH = """# Interview with the fund manager

In the North it was the figures. In the South it was the people.
Both boards meet together once a quarter. Neither publishes its minutes.
"""
REPORT = """# Annual report

The programme served 120 people. Of these, 48 kept their tenancy for a year.
"""


def clock():
    """Return a clock that goes on by a second at each call."""
    ticks = count()

    def now() -> str:
        minutes, seconds = divmod(next(ticks), 60)
        return f"2026-05-14T{10 + minutes // 60:02}:{minutes % 60:02}:{seconds:02}.001Z"

    return now


def add_sources(project: Project) -> None:
    project.set_study(name="A version 1 study", description="Small, and of every kind.", first_note=2)
    project.attributes.add("case", "Stage")
    project.attributes.add("case", "Places", "number")
    project.cases.add("North", private_name="Leeds", attributes={"Stage": "late", "Places": 12})
    project.cases.add("South", attributes={"Stage": "early"})
    project.cases.add("West")
    project.sources.add(
        [
            SourceDraft(
                "n1", NORTH, "Link worker", fidelity="verbatim", cases=("North",), original="n1.md", sha256="1" * 64,
                attributes={"date": "2026-03-24", "people": 2, "online": True, "organisation": "Charity"},
            ),
            SourceDraft("s1", SOUTH, "Manager", cases=("South",), attributes={"date": "2026-04-02", "people": 1}),
            SourceDraft("both", BOTH, "Fund manager", cases=("North", "South")),
            SourceDraft("report", REPORT, kind="report", cases=("North",)),
        ],
        strict=True,
    )  # fmt: skip


def add_codes(project: Project) -> None:
    project.codes.import_(
        [
            CodeDraft("Money", "What things cost.", colour="orange", origin="deductive"),
            CodeDraft("Money/Budgets", "Money that follows one person.", "amounts", "grants", "around £500", key="B"),
            CodeDraft("Money/Cuts", "Less money than before."),
            CodeDraft("People", colour="sky"),
            CodeDraft("People/Brokering", "Staff who connect people to services."),
            CodeDraft("People/Coaching", "Staff who teach people to act for themselves."),
            CodeDraft("People/Faith", "Belief that the other keeps their word.", key="T"),
            CodeDraft("People/Groups", origin="in vivo"),
            CodeDraft("Results"),
        ]
    )


def apply(project: Project, source: str, code: str, quote: str, **fields: object) -> int:
    return project.codings.add(CodingDraft(source, code, quote=quote, **fields)).id  # type: ignore[arg-type]


def code_north_and_south(project: Project) -> None:
    project.sources.set("n1", reading="in progress")
    apply(project, "n1", "Brokering", "The link workers broker and coach.")
    apply(project, "n1", "Coaching", "broker and coach", certainty="tentative")
    apply(project, "n1", "Budgets", "a personal budget of around £500 a person", memo="The only figure in the notes.")
    apply(project, "n1", "Budgets", "Nine in ten requests are approved", certainty="tentative")
    apply(project, "n1", "Groups", "A women’s group of 15 meets on Mondays.")
    apply(project, "n1", "Faith", "“We ask people to trust us,”")
    apply(project, "n1", "Faith", "Nobody asked the tenants. 😀", stance="counters")
    project.sources.set("n1", reading="read")
    apply(project, "s1", "Cuts", "Budgets were cut twice.")
    apply(project, "s1", "Budgets", "The manager signs every request himself.", stance="counters")
    apply(project, "s1", "Faith", "People lost trust when the office closed.", stance="counters", certainty="tentative")
    project.sources.set("s1", reading="in progress")


def code_the_rest(project: Project) -> None:
    """The second coder's codings: of a source in several cases, two of which still wait for their case."""
    apply(project, "both", "Money", "In the North it was the figures.", cases=("North",))
    apply(project, "both", "People", "In the South it was the people.", cases=("South",))
    apply(project, "both", "Groups", "Both boards meet together once a quarter.", cases=("North", "South"))
    apply(project, "both", "Faith", "Neither publishes its minutes.", stance="counters")
    apply(project, "both", "Budgets", "the figures", certainty="tentative")
    apply(project, "n1", "Faith", "ask people to trust us", stance="counters")
    apply(project, "report", "Results", "48 kept their tenancy for a year", memo="Of 120.")


def change_codes(project: Project) -> None:
    project.codes.rename("Faith", "Trust")
    project.codes.merge("Coaching", "Brokering", because="Nobody tells them apart.")
    project.codes.move("Groups", "Results")
    project.codes.split("Trust", "Distrust", [c.id for c in project.codings.list() if c.quote.startswith("Nobody")])
    project.codes.retire("Cuts", because="Said of one office only.")
    project.sources.set_topic("n1", "Money", "asked")
    project.sources.set_topic("s1", "Results", "not asked")
    project.sources.set_topic("both", "People/Trust", "volunteered")


def add_memos(project: Project) -> None:
    first = next(project.codings.list())
    for draft in (
        MemoDraft("project", "", "Plan", "Read the rest in June."),
        MemoDraft("source", "n1", "Setting", "She was in a hurry."),
        MemoDraft("case", "South", "", "The office moved twice."),
        MemoDraft("code", "Trust", "Boundary", "Not of institutions."),
        MemoDraft("coding", str(first.id), "", "Two roles in one sentence."),
    ):
        project.memos.add(draft)


def add_matrices(project: Project) -> None:
    project.matrices.define(
        MatrixDefinition(
            "table-1", "Table 1. Money and people.",
            (
                RowDefinition("Budgets", ("Money/Budgets",), note="Of one person.", notes={"North": "Around £500."}),
                RowDefinition("Trust", ("People/Trust", "People/Distrust")),
                RowDefinition("People, themselves", ("People",), subcodes=False, notes={"South": "Around £500."}),
                RowDefinition("Results", ("Results",)),
            ),
            "cases", ("North", "South"), "presence", Rule(1, 1), {"contested": "X", "absent": "–"},
        )
    )  # fmt: skip
    project.matrices.define(
        MatrixDefinition(
            "table-2", "Table 2. Quotes by kind of source.",
            (RowDefinition("Money", ("Money",), notes={"interview": "Two of three."}), RowDefinition("People", ("People",))),
            "kinds", (), "count (sources)", Rule(2, 1),
        )
    )  # fmt: skip
    project.memos.add(MemoDraft("matrix", "table-1", "Reading", "Shown to the partners."))
    project.matrices.judge("table-1", "Trust", "South", "rejected", "She repeats it three times.")
    project.matrices.judge("table-1", "Results", "North", "tentative", "One figure of one year.")
    apply(project, "both", "Results", "Both boards meet together", cases=("North",))  # makes this judgement stale


def undoable(project: Project) -> None:
    """Acts of many kinds at the end of the history; one dropped, the last one undone."""
    project.sources.set("both", reading="read")
    project.sources.set_topic("both", "Money", "not asked")
    project.codings.set([1, 3], certainty="tentative")
    project.codings.remove(4)
    project.codings.add(CodingDraft("s1", "Brokering", Segment(29, 52)))
    project.codings.attribute(13, ["South"])
    project.cases.set("West", new_label="East")
    project.history.undo()
    project.cases.remove("West")
    project.codes.merge("Distrust", "Trust", because="One scale.")
    project.matrices.judge("table-1", "Budgets", "South", "absent", "The manager, not the budget.")
    project.sources.correct("report", REPORT.replace("120", "121"), original="report-2.md")
    project.memos.remove(project.memos.list(on="case")[0].id)
    project.sources.remove("s1")
    project.history.undo()


def add_fields_of_version_2(project: Project) -> None:
    """Use each field that version 2 added."""
    project.set_study(language="en")
    project.sources.set("n1", language="en")
    project.cases.set("West", letter="w")
    project.sources.set_topic("both", "Results", "asked", case="North")
    project.codes.set("Budgets", definition="Money that one person spends.", reread="It is narrower.")
    project.matrices.define(
        MatrixDefinition(
            "table-3", "Table 3. All codes.", (RowDefinition("People", ("People",)),), "coders", judged_suffix="*"
        )
    )


def add_fields_of_version_4(project: Project) -> None:
    """Use each field that versions 3 and 4 added."""
    project.sources.correct("n1", project.sources.text("n1").replace("broker and coach", "help"))
    project.matrices.define(
        MatrixDefinition(
            "table-4",
            "Table 4. Interviews coded by Ana.",
            (RowDefinition("People", ("People",)),),
            kinds="interview",
            coders="Ana",
        )
    )


def make_study(version: int, *, fields: tuple[Step, ...] = (), last: tuple[Step, ...] = ()) -> None:
    """Make the file of a version. `fields` use the fields of newer versions; `last` follow the acts that can be undone."""
    if version != schema.VERSION:
        raise SystemExit("This code makes files of another version.")
    file = FOLDER / f"study-v{version}.sibtui"
    file.unlink(missing_ok=True)  # its withdrawals would be kept
    now = clock()
    with patch("uuid.uuid4", return_value=UUID(f"5b2b2d3e-0000-4000-8000-{version:012}")):
        Project.create(file, name=f"v{version}", coder="Ana").close()
    steps = (
        ("Ana", (add_sources, add_codes, code_north_and_south)),
        ("Ben", (code_the_rest,)),
        ("Ana", (change_codes, add_memos, add_matrices, *fields, undoable, *last)),
    )
    with tempfile.TemporaryDirectory() as room, patch.dict(os.environ, {"SIBTUI_CONFIG_DIR": room}):
        for coder, acts in steps:
            with Project(connection.Store.open(file), coder=coder, clock=now) as project:
                for act in acts:
                    act(project)
