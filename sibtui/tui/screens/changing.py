"""What screens that change codings share: asking for a code, a case, a memo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.desk.cases import letters
from sibtui.desk.codebook import short
from sibtui.desk.quotes import QuoteDeeds, Quotes, common_cases
from sibtui.model.text import plural
from sibtui.tui.screens.told import ToldScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sibtui.model.records import Code, Coding
    from sibtui.tui.widgets.code_picker import Picked


class Changing(ToldScreen):
    """A subclass says which codings are `chosen`, and shows in `change` what has become of them."""

    quotes: Quotes
    deeds: QuoteDeeds

    @property
    def chosen(self) -> list[Coding]:
        raise NotImplementedError

    def change(self, deed: Callable[[list[Coding]], str]) -> None:
        """Do something to the codings chosen, and show them anew."""
        raise NotImplementedError

    def pick(self, title: str, codes: Sequence[Code], then: Callable[[Picked], None]) -> None:
        from sibtui.tui.widgets.code_picker import Choice, CodePicker  # noqa: PLC0415

        view = self.quotes.codebook
        keys = {code.path: code.key for code in codes if code.key}
        choice = Choice(
            title,
            codes,
            self.study_app.place.recent,
            keys,
            lambda path: self.study_app.code_colour(view.colour(path)),
            allow_new=False,
        )
        self.app.push_screen(CodePicker(choice), lambda picked: then(picked) if picked else None)

    def ask_case(self) -> None:
        """Ask which case the codings chosen speak of. A capital adds its case, or takes it away."""
        from sibtui.tui.widgets.letters import Letters  # noqa: PLC0415

        chosen = self.chosen
        if not chosen:
            return
        cases = common_cases(chosen, self.quotes.sources)
        if not cases:
            self.tell("Their sources touch no case that is common to all: there is nothing to choose.")
            return
        by_letter = letters(cases)
        choices = by_letter | ({"*": "all of them"} if len(cases) > 1 else {}) | {"0": "none yet"}
        before = set(chosen[0].cases)

        def told(letter: str | None) -> None:
            if letter is None:
                return
            if letter in {"*", "0"}:
                wanted = cases if letter == "*" else []
            elif letter in by_letter:
                wanted = [by_letter[letter]]
            else:
                wanted = [case for case in cases if case in before ^ {by_letter[letter.casefold()]}]
            self.change(lambda codings: self.deeds.attribute(codings, wanted))

        what = short(chosen[0].code) if len(chosen) == 1 else plural(len(chosen), "quote")
        self.app.push_screen(Letters(f"{what}: which case?", choices, hint="capital: one more, or one less"), told)

    def write_memo(self) -> None:
        """Write a memo on the codings chosen, in the place of the ones that they have."""
        chosen = self.chosen
        if not chosen:
            return
        memos = {coding.memo for coding in chosen}
        if len(chosen) == 1:
            title, about = f"Memo on the coding: {short(chosen[0].code)}", chosen[0].quote
        else:
            title = f"Memo on {plural(len(chosen), 'quote')}"
            about = "All of them get it." if len(memos) == 1 else "All of them get it, in the place of those they have."

        def keep(text: str) -> None:
            self.change(lambda codings: self.deeds.set_memo(codings, text))

        self.write(title, about, memos.pop() if len(memos) == 1 else "", keep)
