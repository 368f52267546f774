"""The codebook screen's frame: the tree, a code in full beside it, its quotes below."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from sibtui.desk.codebook import CodebookView, filter_told, short
from sibtui.desk.codes import CodeDeeds, below_told, place_told
from sibtui.model.filters import CodingFilter
from sibtui.tui.commands.keys import bindings
from sibtui.tui.note.margin import sign_of
from sibtui.tui.screens.aside import AsideScreen
from sibtui.tui.screens.coding_status import WAYS, hints, said
from sibtui.tui.views.code_rows import field_lines, tree_rows
from sibtui.tui.widgets.fields import Field
from sibtui.tui.widgets.lines import Line, Lines, cells_of, cut
from sibtui.tui.widgets.quote_list import Quote, QuoteList
from sibtui.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.model.records import Code, Coding
    from sibtui.tui.commands import Place

_QUOTES = 200
"""Quotes of a code that are listed; E lists them all."""


class CodeTree(RowList):
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("codebook")]


class CodeQuotes(QuoteList):
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("codebook quotes")]


class CodebookBase(AsideScreen):
    """Shows; the deeds are the subclass's. The path of the code at hand is kept under "codebook" by the app."""

    heading = "codebook"
    USEFUL_WHEN_EMPTY = ("code.add",)
    CSS = """
    #told { height: 2; padding: 0 1; background: $panel; }
    #codebook-title { height: 2; padding: 0 1; }
    #codebook { height: 1fr; }
    #tree-pane { width: 52; }
    #tree { height: 1fr; padding: 0 1; }
    #codes-filter { height: 1; border: none; padding: 0 1; background: $surface; }
    #code-pane { width: 1fr; border-left: solid $rule; }
    #fields { height: 1fr; padding: 0 1; overflow-y: auto; scrollbar-size-vertical: 1; }
    #code-quotes { height: 40%; border-top: solid $rule; }
    CodebookScreen.-broad #tree-pane { width: 68; }
    CodebookScreen.-narrow #codebook-title { height: 1; }
    CodebookScreen.-narrow #tree-pane { width: 40; }
    CodebookScreen.-narrow #code-quotes { height: 32%; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.filtered = ""
        self.taken: int | None = None
        self._shown: tuple[object, ...] = ()
        self._quotes: dict[int, Coding] = {}

    def compose(self) -> ComposeResult:
        yield Lines(id="codebook-title")
        with Horizontal(id="codebook"):
            with Vertical(id="tree-pane"):
                yield CodeTree(id="tree")
            with Vertical(id="code-pane"):
                yield Lines(id="fields")
                yield CodeQuotes(id="code-quotes")
        yield Lines(id="told", names_keys=True)

    def on_mount(self) -> None:
        self.deeds = CodeDeeds(self.project)
        self.rows, self.quotes = self.query_one(CodeTree), self.query_one(CodeQuotes)
        self.rows.empty = "No codes yet: a makes the first."
        self.reload()
        self.rows.go(self.study_app.views.get("codebook"))
        self.set_focus(self.rows)
        self.app.theme_changed_signal.subscribe(self, lambda _: self.call_after_refresh(self._show_tree))

    def on_unmount(self) -> None:
        self.study_app.views["codebook"] = self.rows.key

    def reload(self) -> None:
        self.deeds.load()
        self.view = CodebookView(self.deeds.codes)
        if self.deeds.by_id(self.taken) is None:
            self.taken = None
        self._shown = ()
        self._show_tree()
        self.show_code()

    # Showing

    def _show_tree(self) -> None:
        self.rows.set_rows(tree_rows(self.view, self.colour, self.filtered, self.taken))
        codes = self.deeds.codes
        used = sum(code.status != "retired" for code in codes)
        told = f"  {used:,} code{'' if used == 1 else 's'}"
        told += f", {len(codes) - used:,} retired" if len(codes) > used else ""
        line: Line = [("Codebook", "strong"), (told, "quiet")]
        if self.filtered:
            line += [(f"  {filter_told(self.filtered, len(self.rows.rows))}", "warning")]
        self.query_one("#codebook-title", Lines).set_lines([line])

    def show_code(self) -> None:
        code, pane = self.code, self.query_one("#fields", Lines)
        width = max(24, pane.scrollable_content_region.width - 1)
        if self._shown != (code, width):
            self._shown = (code, width)
            lineage = () if code is None else self.project.codes.lineage(code.path)
            pane.scroll_to(y=0, animate=False, immediate=True)
            pane.set_lines([] if code is None else field_lines(code, lineage, width))
            self._show_quotes(code)
        self.show_told()

    def _show_quotes(self, code: Code | None) -> None:
        found = [] if code is None else self.codings(code, limit=_QUOTES)
        self._quotes = {coding.id: coding for coding in found}
        below = 0 if code is None else below_told(self.deeds.codes, code)
        self.quotes.empty = f" No quotes of its own; {below:,} below it." if below else " No quotes yet."
        self.quotes.set_quotes([self.as_quote(coding) for coding in found])

    def codings(self, code: Code, *, limit: int | None = None) -> list[Coding]:
        """The codings of a code itself."""
        if not code.codings:
            return []
        return list(self.project.codings.list(CodingFilter(codes=(code.path,), subcodes=False), limit=limit))

    def as_quote(self, coding: Coding) -> Quote:
        flags = ["counter-evidence"] * (coding.stance == "counters") + ["tentative"] * (coding.certainty == "tentative")
        return Quote(
            coding.id,
            coding.source,
            self.view.tag(coding.code) + sign_of(coding),
            short(coding.code),
            coding.quote,
            flags=", ".join(flags),
            cases=", ".join(coding.cases) or "no case yet",
            memo=coding.memo,
            colour=self.colour(coding.code),
            waits=not coding.cases,
        )

    def colour(self, path: str) -> str | None:
        return self.study_app.code_colour(self.view.colour(path))

    def told_lines(self, width: int) -> list[Line]:
        code, taken = self.code, self.deeds.by_id(self.taken)
        if taken is not None:
            return [[(f"Taken: {taken.name}", "key"), ("  v puts it below this code, V after it, t on top", "text")]]
        if code is None:
            return [[("No code", "quiet")]]
        count = f"{code.codings:,} quote{'' if code.codings == 1 else 's'}"
        more = f", the first {_QUOTES} are here: E lists all" if code.codings > _QUOTES else ""
        room = max(width // 2, width - cells_of([(code.name, "")]))
        facts = cut(f"  {count}{more} · {place_told(code.path)}", room)
        return [[(cut(code.name, width - cells_of([(facts, "")])), "strong"), (facts, "quiet")]]

    def hint_line(self, width: int) -> Line:
        """The keys that help now: what puts a code somewhere helps when one was taken."""
        first = [*said("Esc", "all codes"), ("  ", "quiet")] if self.filtered and self.focused is self.rows else []
        if self.is_empty:
            return super().hint_line(width)
        without = (*WAYS, *(() if self.taken is not None else ("code.paste",)))
        return [*first, *hints(self.places_here(), self.study_app.keys_told, width - cells_of(first), without=without)]

    @property
    def is_empty(self) -> bool:
        return not self.view.codes

    @property
    def code(self) -> Code | None:
        """The code under the cursor."""
        return self.deeds.get(self.rows.key)

    @property
    def quote(self) -> Coding | None:
        """The quote under the cursor, of those below."""
        return None if self.quotes.key is None else self._quotes.get(self.quotes.key)

    @on(RowList.Moved)
    def _row_moved(self) -> None:
        self.show_code()

    def on_resize(self) -> None:
        if self.is_mounted:
            self.call_after_refresh(self.show_code)

    def on_descendant_focus(self) -> None:
        self.show_told()

    def places_here(self) -> tuple[Place, ...]:
        return ("codebook quotes" if self.focused is self.quotes else "codebook", "list", "everywhere")

    # Changing

    def do(self, deed: Callable[[], tuple[str, str]]) -> None:
        """Do something to the codebook, show it, and go to the code that it says."""

        def done() -> str:
            told, path = deed()
            self.reload()
            if not self.rows.go(path) and self.filtered:
                self.filtered = ""
                self._show_tree()
                self.rows.go(path)
            return told

        self.attempt(done)

    def action_codes_more(self) -> None:
        self.query_one("#fields", Lines).page(1)

    def action_codes_less(self) -> None:
        self.query_one("#fields", Lines).page(-1)

    # The filter

    def action_codes_filter(self) -> None:
        if not self.query("#codes-filter"):
            field = Field(self.filtered, placeholder="words of a name or definition", id="codes-filter", compact=True)
            self.query_one("#tree-pane").mount(field, before=self.rows)
        self.query_one("#codes-filter").focus()

    @on(Input.Changed, "#codes-filter")
    def _filter(self, event: Input.Changed) -> None:
        self.filtered = event.value.strip()
        self._show_tree()
        self.rows.go_to_named(self.filtered)
        self.show_code()

    @on(Input.Submitted, "#codes-filter")
    def _filtered(self) -> None:
        if not self.filtered:
            self.query("#codes-filter").remove()
        self.set_focus(self.rows)

    def action_go_coding(self) -> None:
        """Esc first takes back what stands in the way: the filter, a code that was taken."""
        if self.query("#codes-filter"):
            self.query("#codes-filter").remove()
            self.filtered = ""
            self._show_tree()
            self.set_focus(self.rows)
        elif self.taken is not None:
            self.taken = None
            self._show_tree()
            self.show_told()
        else:
            super().action_go_coding()
