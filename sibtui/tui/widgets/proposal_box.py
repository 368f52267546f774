"""A dialog that lists codes that were proposed for the codebook. Similar proposals form a cluster.

The user merges or rejects a whole cluster, or one proposal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content

from sibtui.model.codebook import split_path
from sibtui.model.text import excerpt, one_line, plural
from sibtui.tui.widgets.dialog import Dialog, show_keys
from sibtui.tui.widgets.row_list import ListRow, RowList
from sibtui.tui.widgets.text_lines import Line, TextLines, cut, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.model.proposals import ProposalCluster
    from sibtui.model.records import CodeProposal

_WIDTH = 110
_FRAME_CELLS = 4
_EXCERPT = 200


@dataclass(frozen=True, slots=True)
class ProposalChoice:
    """The user's decision on proposed codes.

    `action` is “merge” (into the code `into`), “name” (merge under another name), or “reject”. `numbers` are the ids of
    the proposals. `row` identifies the row under the cursor, so that the dialog can open again on this row.
    """

    action: Literal["merge", "name", "reject"]
    numbers: tuple[int, ...]
    into: str
    row: str


def proposal_rows(clusters: Sequence[ProposalCluster]) -> list[ListRow]:
    """Return a row for each cluster of similar proposals, and below it a row for each proposal of the cluster."""
    rows: list[ListRow] = []
    for at, cluster in enumerate(clusters):
        right = "in the codebook" if cluster.exists else "new code"
        rows.append(ListRow(f"c{at}", _whole(cluster.code), right=right, strong=True))
        for proposal in cluster.proposals:
            words = excerpt(proposal.definition, _EXCERPT) or "no definition"
            other = "" if proposal.path == cluster.code else f"{_whole(proposal.path)}: "
            rows.append(
                ListRow(f"p{proposal.id}", f"{other}{words}", f"{one_line(proposal.coder, 12)}  ", indent=2, prose=True)
            )
    return rows


def _whole(path: str) -> str:
    return one_line(" / ".join(split_path(path)))


class _ProposalList(RowList):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "screen.choose('merge')", show=False),
        Binding("n,enter", "screen.choose('name')", show=False),
        Binding("r", "screen.choose('reject')", show=False),
    ]


class ProposalBox(Dialog[ProposalChoice | None]):
    """A dialog that closes with the user's decision on proposed codes, or with None if the user cancels."""

    CSS = """
    ProposalBox { background: $background 60%; align: center middle; }
    ProposalBox:ansi { background: transparent; }
    #proposals { width: 110; max-width: 100%; height: 90%; border: round $border; background: $surface; padding: 0 1; }
    #proposals RowList { height: 1fr; background: $surface; }
    #proposals TextLines { height: 40%; background: $surface; border-top: solid $rule; overflow-y: auto; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "close"),
        Binding("pagedown", "page(1)", priority=True),
        Binding("pageup", "page(-1)", priority=True),
    ]

    def __init__(self, clusters: Sequence[ProposalCluster], at: str | None = None) -> None:
        """`at` is the key (identifier) of the row on which the cursor begins."""
        super().__init__()
        self._clusters = clusters
        self._first = at

    def compose(self) -> ComposeResult:
        with Vertical(id="proposals"):
            yield _ProposalList()
            yield TextLines()

    def on_mount(self) -> None:
        box, self.list = self.query_one("#proposals"), self.query_one(RowList)
        count = sum(len(cluster.proposals) for cluster in self._clusters)
        box.border_title = Content(cut(f"Proposed codes: {plural(count, 'proposal')}", 70))
        self.list.set_rows(proposal_rows(self._clusters))
        self.list.go(self._first)
        self.set_focus(self.list)

    def fit_window(self) -> None:
        keys = "m merges · n under another name · r rejects · Esc closes"
        show_keys(self.query_one("#proposals"), keys, "m merges · n names · r rejects")
        self._wrap_details()

    @on(RowList.Moved)
    def _show_details(self) -> None:
        self.query_one(TextLines).scroll_to(y=0, animate=False, immediate=True)
        self._wrap_details()

    def _wrap_details(self) -> None:
        width = min(_WIDTH, self.app.size.width) - _FRAME_CELLS - 1
        lines = [line for proposal in self._chosen()[1] for line in _details(proposal, width)]
        self.query_one(TextLines).set_rewrapped(lines)

    def _chosen(self) -> tuple[str, tuple[CodeProposal, ...]]:
        """Return (path of a code, proposals to merge into this code).

        If the cursor is on a cluster, the result has all proposals of the cluster. Otherwise it has only the proposal
        under the cursor.
        """
        key = self.list.key or ""
        for at, cluster in enumerate(self._clusters):
            if key == f"c{at}":
                return cluster.code, cluster.proposals
            for proposal in cluster.proposals:
                if key == f"p{proposal.id}":
                    return cluster.code, (proposal,)
        return "", ()

    def action_page(self, step: int) -> None:
        self.query_one(TextLines).page(step)

    @on(RowList.Chosen)
    def _row_clicked(self, event: RowList.Chosen) -> None:
        if event.times > 1:
            self.action_choose("name")

    def action_choose(self, action: Literal["merge", "name", "reject"]) -> None:
        code, proposals = self._chosen()
        if proposals:
            numbers = tuple(proposal.id for proposal in proposals)
            self.dismiss(ProposalChoice(action, numbers, code, self.list.key or ""))


def _details(proposal: CodeProposal, width: int) -> Iterator[Line]:
    yield [
        (cut(f"{one_line(proposal.coder, 20)}: {_whole(proposal.path)}", max(8, width - 12)), "strong"),
        (f"  {proposal.created[:10]}", "quiet"),
    ]
    for row in wrapped(one_line(proposal.definition) or "No definition.", width - 2):
        yield [("  ", "quiet"), (row, "text" if proposal.definition else "quiet")]
