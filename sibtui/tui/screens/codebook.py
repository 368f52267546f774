"""The codebook: its tree, every field of a code, and what is done to codes. The deeds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message

from sibtui.desk.codes import TEXTS, pair_told
from sibtui.desk.memos import memo_of, write_memo
from sibtui.errors import SibtuiError
from sibtui.model.records import COLOURS, ORIGINS, STATUSES
from sibtui.model.text import one_line
from sibtui.tui.screens.codebook_base import CodebookBase
from sibtui.tui.views.code_rows import FIELDS
from sibtui.tui.widgets.lines import cut

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sibtui.model.records import Code
    from sibtui.model.similar import Similar
    from sibtui.project import Project
    from sibtui.tui.commands import Place

_BESIDE = 12
"""Cells of a row of two codes that are neither names nor figures: the frame of their box, the bar, the arrow between them."""
_ORIGINS = dict(zip("deim", ORIGINS, strict=True))
_STATUSES = dict(zip("par", STATUSES, strict=True))
_COLOURS = dict(zip("osgybvpr", COLOURS, strict=True))


class CodebookScreen(CodebookBase):
    PLACES: ClassVar[tuple[Place, ...]] = ("codebook",)

    # The tree

    def action_code_add(self) -> None:
        above = self.deeds.parents(self.rows.key)
        title = "New code, or a whole path" if above is None else f"New code in {above}"
        self._ask_path(title, above)

    def action_code_add_theme(self) -> None:
        self._ask_path("New theme", None)

    def _ask_path(self, title: str, above: str | None) -> None:
        self._ask(
            title,
            "",
            lambda typed: f"It will be {self.deeds.path_for(typed, above)}",
            lambda typed: self.do(lambda: self.deeds.add(self.deeds.path_for(typed, above))),
        )

    def action_code_rename(self) -> None:
        code = self._here()
        if code is not None:
            self._ask(
                f"Another name for {code.name}",
                code.name,
                lambda typed: "Its old name stays in its past." if typed.strip() else "",
                lambda typed: self.do(lambda: self.deeds.rename(code, typed)),
            )

    def _ask(self, title: str, value: str, tell: Callable[[str], str], then: Callable[[str], None]) -> None:
        """Ask for a line. `tell` says what it would do; nothing, or a SibtuiError, when it cannot."""
        from sibtui.desk.answers import Answer  # noqa: PLC0415 - asked rarely
        from sibtui.tui.widgets.ask import Ask  # noqa: PLC0415

        def judge(typed: str) -> Answer:
            try:
                told = tell(typed)
            except SibtuiError as error:
                return Answer(str(error), "no")
            return Answer(told, "yes") if told else Answer("Write a name.", "no")

        self.app.push_screen(Ask(title, value, judge), lambda typed: None if typed is None else then(typed))

    def action_code_cut(self) -> None:
        code = self._here()
        if code is not None:
            self.taken = None if self.taken == code.id else code.id
            self._show_tree()
            self.show_told()

    def action_code_paste(self) -> None:
        self._paste(self.deeds.put_below)

    def action_code_paste_after(self) -> None:
        self._paste(self.deeds.put_after)

    def _paste(self, put: Callable[[Code, Code], tuple[str, str]]) -> None:
        code, taken = self._here(), self.deeds.by_id(self.taken)
        if taken is None:
            self.tell("No code is taken: x takes the one under the cursor.")
        elif code is not None and code.id == taken.id:
            self.tell("This is the code that is taken: go to where it shall be.")
        elif code is not None:
            self._put(lambda: put(taken, code))

    def action_code_paste_top(self) -> None:
        code = self.deeds.by_id(self.taken) or self._here()
        if code is not None:
            self._put(lambda: self.deeds.put_on_top(code))

    def _put(self, deed: Callable[[], tuple[str, str]]) -> None:
        def done() -> tuple[str, str]:
            told = deed()
            self.taken = None
            return told

        self.do(done)

    def action_code_up(self) -> None:
        self._shift(-1)

    def action_code_down(self) -> None:
        self._shift(1)

    def _shift(self, step: int) -> None:
        code = self._here()
        if code is not None:
            self.do(lambda: self.deeds.shift(code, step))

    def action_code_merge(self) -> None:
        from sibtui.tui.widgets.code_picker import Choice, CodePicker, Picked  # noqa: PLC0415

        code = self._here()
        if code is None:
            return
        codes = self.deeds.elsewhere(code)
        keys = {other.path: other.key for other in codes if other.key}
        title = f"Merge {code.name} into"
        choice = Choice(title, codes, self.study_app.place.recent, keys, self.colour, allow_new=False)

        def then(picked: Picked | None) -> None:
            if picked is not None:
                self.do(lambda: self.deeds.merge(code, picked.path))

        self.app.push_screen(CodePicker(choice), then)

    def action_code_split(self) -> None:
        from sibtui.tui.widgets.quote_marker import QuoteMarker  # noqa: PLC0415

        code = self._here()
        if code is None:
            return
        if not code.codings:
            self.tell(f"{code.name} has no quotes of its own to split it by.")
            return

        def marked(codings: tuple[int, ...] | None) -> None:
            if codings is not None:
                self._ask(
                    f"Name of the new code, with {len(codings)} of the quotes",
                    "",
                    lambda typed: f"It will stand beside {code.name}." if typed.strip() else "",
                    lambda typed: self._split(code, typed, codings),
                )

        quotes = [self.as_quote(coding) for coding in self.codings(code)]
        self.app.push_screen(QuoteMarker(f"Split {code.name}", quotes), marked)

    def _split(self, code: Code, name: str, codings: Sequence[int]) -> None:
        """Split, and tell which tables say less now: nothing else on the screen does."""
        lost: list[str] = []

        def deed() -> tuple[str, str]:
            told, path = self.deeds.split(code, name, codings)
            lost.extend(self.deeds.lost_by_split(code.path, path))
            return told, path

        self.do(deed)
        if lost:
            from sibtui.tui.widgets.telling import Telling  # noqa: PLC0415 - for few splits

            told = f"They draw on {code.name} alone, without what has gone to {name.strip()}:"
            ends = "Add the new code to a row with `sibtui matrix define`, or take the split back with u."
            self.app.push_screen(Telling("Rows of tables that have lost quotes", [told, "", *lost, "", ends]))

    def action_code_retire(self) -> None:
        self._do_here(self.deeds.retire_or_restore)

    def action_code_remove(self) -> None:
        self._do_here(self.deeds.remove)

    def _do_here(self, deed: Callable[[Code], tuple[str, str]]) -> None:
        code = self._here()
        if code is not None:
            self.do(lambda: deed(code))

    def _here(self) -> Code | None:
        if self.code is None:
            self.tell("There is no code here: a makes one.")
        return self.code

    # Codes that are alike

    @dataclass
    class Alike(Message):
        """The codes that are alike."""

        pairs: Sequence[Similar]

    def action_code_similar(self) -> None:
        self.aside(lambda project, _: self._compare(project))
        self.tell("Comparing the codes …")

    def _compare(self, project: Project) -> None:
        """In a thread."""
        self.post_message(self.Alike(project.codes.similar()))

    def on_codebook_screen_alike(self, event: Alike) -> None:
        from sibtui.tui.widgets.chooser import Chooser  # noqa: PLC0415
        from sibtui.tui.widgets.row_list import Row  # noqa: PLC0415

        pairs = event.pairs
        if not pairs:
            self.tell("No two codes look alike, by their names or by the text that they cover.")
            return
        rights = [f"  name {pair.name:3.0f}  text {pair.overlap * 100:3.0f} %" for pair in pairs]
        half = max(8, (self.size.width - len(rights[0]) - _BESIDE) // 2)
        rows = [
            Row(str(at), pair_told(pair.first, pair.second, lambda name: cut(name, half)), right=right)
            for at, (pair, right) in enumerate(zip(pairs, rights, strict=True))
        ]
        self.show_told()

        def chosen(key: str | None) -> None:
            if key is not None:
                self._ask_merge(pairs[int(key)].first, pairs[int(key)].second)

        self.app.push_screen(Chooser("Codes that are alike: by name (of 100), by the text under both", rows), chosen)

    def _ask_merge(self, first: str, second: str) -> None:
        one, two = self.deeds.get(first), self.deeds.get(second)
        if one is None or two is None:
            return
        pairs = {"1": (two, one), "2": (one, two)}
        choices = {letter: f"merge {old.name} into {new.name}" for letter, (old, new) in pairs.items()}
        choices |= {"3": f"go to {one.name}", "4": f"go to {two.name}"}

        def told(letter: str) -> None:
            if letter in pairs:
                old, new = pairs[letter]
                self.do(lambda: self.deeds.merge(old, new.path))
            else:
                self.rows.go(first if letter == "3" else second)

        self._letters(pair_told(first, second), choices, told)

    # Fields

    def action_code_edit(self) -> None:
        code = self._here()
        if code is not None:
            choices = {letter.lower(): name for letter, _, name in FIELDS} | {"r": "Name"}
            actions = {letter.lower(): attribute for letter, attribute, _ in FIELDS} | {"r": "rename"}
            self._letters(
                f"{code.name}: what of it?", choices, lambda letter: getattr(self, f"action_code_{actions[letter]}")()
            )

    def _letters(
        self,
        title: str,
        choices: Mapping[str, str],
        then: Callable[[str], None],
        *,
        hint: str = "Esc closes",
        any_letter: bool = False,
    ) -> None:
        from sibtui.tui.widgets.letters import Letters  # noqa: PLC0415

        def told(letter: str | None) -> None:
            if letter is not None:
                then(letter if any_letter else letter.lower() if letter.lower() in choices else letter)

        self.app.push_screen(Letters(title, choices, hint=hint, any_letter=any_letter), told)

    def action_code_definition(self) -> None:
        self._write_field("definition")

    def action_code_include(self) -> None:
        self._write_field("include")

    def action_code_exclude(self) -> None:
        self._write_field("exclude")

    def action_code_example(self) -> None:
        self._write_field("example")

    def _write_field(self, field: str) -> None:
        code = self._here()
        if code is not None:
            about = "" if field == "definition" else code.definition
            title = f"{TEXTS[field]}: {code.name}"
            self.write(
                title, about, getattr(code, field), lambda text: self.do(lambda: self.deeds.set(code, field, text))
            )

    def action_code_origin(self) -> None:
        self._choose("origin", _ORIGINS)

    def action_code_status(self) -> None:
        self._choose("status", _STATUSES)

    def action_code_colour(self) -> None:
        self._choose("colour", _COLOURS | {"0": "that of its theme"})

    def _choose(self, field: str, choices: Mapping[str, str]) -> None:
        code = self._here()
        if code is not None:
            self._letters(
                f"{code.name}: {field}",
                choices,
                lambda letter: self.do(lambda: self.deeds.set(code, field, None if letter == "0" else choices[letter])),
            )

    def action_code_key(self) -> None:
        code = self._here()
        if code is None:
            return
        taken = " ".join(sorted(other.key for other in self.deeds.codes if other.key and other.id != code.id))
        hint = f"taken: {taken}" if taken else "Esc closes"
        choices = {"0": "none", "A … Z": "this letter, capital, applies it in a note"}

        def told(letter: str) -> None:
            self.do(lambda: self.deeds.set(code, "key", None if letter == "0" else letter.upper()))

        self._letters(f"{code.name}: key", choices, told, hint=hint, any_letter=True)

    def action_codes_memo(self) -> None:
        code = self._here()
        if code is None:
            return
        number, text = memo_of(self.project, "code", code.path)

        def keep(told: str) -> None:
            self.attempt(lambda: write_memo(self.project, "code", code.path, number, told))

        self.write(f"Memo on the code: {code.name}", code.definition, text, keep)

    # Its quotes

    def action_codes_quotes(self) -> None:
        self.set_focus(self.quotes)

    def action_quote_back(self) -> None:
        self.set_focus(self.rows)

    def action_quote_open(self) -> None:
        if self.quote is not None:
            self.study_app.show_place(self.quote.source, self.quote.segment)

    def on_quote_list_chosen(self) -> None:
        self.action_quote_open()

    def action_quote_example(self) -> None:
        quote, code = self.quote, self.code
        if quote is not None and code is not None:
            example = f"{one_line(quote.quote)} ({quote.source})"
            self.do(lambda: self.deeds.set(code, "example", example))

    def action_codes_evidence(self) -> None:
        from sibtui.desk.quotes import QuotesView  # noqa: PLC0415
        from sibtui.tui.screens.evidence import EvidenceScreen  # noqa: PLC0415

        code = self._here()
        if code is not None:
            self.app.push_screen(EvidenceScreen(QuotesView.of_code(code.path)))
