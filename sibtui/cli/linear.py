"""`sibtui code --linear`: the coding screen's loop on plain input and output, a line at a time: for screen readers and scripts.

It works at the same desk as the screen does; what is said of a key there holds here. No part of it draws.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sibtui.desk.cases import letters, written_cases
from sibtui.desk.codebook import short
from sibtui.desk.deeds import Deeds
from sibtui.desk.desk import Desk
from sibtui.desk.picking import pick
from sibtui.errors import InputError, SibtuiError
from sibtui.model.codebook import split_path
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sibtui.desk.memory import Place
    from sibtui.desk.selection import Step
    from sibtui.model.records import Code, Coding
    from sibtui.model.segments import Segment
    from sibtui.project import Project

NAMES = {
    "": "enter", " ": "space", "down": "j", "up": "k", "right": "l", "left": "h", "home": "g", "end": "G", "delete": "d",
    "tab": ">", "pagedown": "}", "pageup": "{", "ctrl+z": "u", "ctrl+y": "U", "shift+down": "x", "shift+up": "X",
    "shift+right": "L", "shift+left": "H", ")": "j", "(": "k", "ctrl+r": "U",
}  # fmt: skip
"""Other ways to write a key, and the one that is looked up."""
OFFERED = 9

HELP = """\
Write a key, then Enter. An empty line is the key Enter.
j k: next, previous sentence. } {: paragraphs. g G: top, end. .: next without a code. ] [: next, previous coding. o: others here.
x X: a sentence more, less. l h: the end a word on, back. L H: the start. e: by characters. s a: sentence, paragraph.
Enter: a code, whose name is asked. space: the last code again. i: a code named by the words. 1 to 9: pinned. p: pin.
A capital, or ' and a letter: the code with that key. d: remove. r: let it cover what is selected. R: another code.
-: counter-evidence. ~: tentative. = and a letter: the case (=* all, =0 none). @ and cases: those that the source touches.
m and a text: memo on the coding, or on the source where there is none. M: read or unread.
/ and words: search; n N: next, previous match. > <: next, previous source. u U: undo, redo. w: where you are. ? these keys. q: leave."""


class Linear:
    """One sitting. `lines` are what is typed, `say` takes what is to be read."""

    def __init__(self, project: Project, place: Place, lines: Iterator[str], say: Callable[[str], None]) -> None:
        self._desk = Desk(project, place)
        self._deeds = Deeds(self._desk)
        self._lines = lines
        self._say = say
        self._edges = False
        selecting = self._moves()
        self._keys: dict[str, Callable[[], None]] = selecting | self._verbs()

    def run(self, source: str) -> None:
        """Code a source until `q` or the end of the input."""
        desk = self._desk
        desk.reload_lists()
        name = desk.project.sources.get(source).name
        desk.open(name, *((desk.place.start, desk.place.end) if desk.place.source == name else (0, 0)))
        self._say_source()
        seen = desk.project.data_version
        for line in self._lines:
            typed = line.rstrip("\r\n")
            if typed in {"q", "escape"}:
                break
            try:
                if desk.project.data_version != seen:  # another program has changed the study
                    seen = desk.project.data_version
                    desk.reload()
                self._heed(typed)
            except SibtuiError as error:
                self._say(str(error))

    def _heed(self, typed: str) -> None:
        key = NAMES.get(typed, typed)
        if key in self._keys:
            self._keys[key]()
            return
        sign, rest = typed[:1], typed[1:].strip()
        if sign == "=" and rest:
            self._say(self._attribute(rest))
        elif sign == "/" and rest:
            desk = self._desk
            desk.match = re.compile(re.escape(rest), re.IGNORECASE)
            self._find(desk.selection.start if desk.selection else 0, 1)
        elif sign == "/":
            raise InputError("/ and the words to search for, on one line.")
        elif sign == "m" and typed[1:2] in {" ", ""}:
            self._memo(rest)
        elif sign == "'" and len(rest) == 1:
            self._say(self._deeds.by_letter(rest))
        elif sign == "@":
            self._say(self._touched(rest))
        elif len(typed) == 1 and typed.isupper():
            self._say(self._deeds.by_letter(typed))
        elif len(typed) == 1 and typed in "123456789":
            self._say(self._deeds.pinned(int(typed)))
        else:
            raise InputError(f"There is no key “{one_line(typed, 20)}”: ? lists them.")

    # Moving

    def _moves(self) -> dict[str, Callable[[], None]]:
        """The keys that select; after each the selection is read out."""
        desk = self._desk

        def to(move: Callable[[Segment], Segment | None]) -> Callable[[], None]:
            def moved() -> None:
                if desk.selection is None:
                    raise InputError("There is nothing to select in this source.")
                desk.select(move(desk.selection))
                self._read()

            return moved

        def edge(name: str, step: Step) -> Callable[[], None]:
            return to(
                lambda now: getattr(desk.selecting, f"{name}_by_{'character' if self._edges else 'word'}")(now, step)
            )

        return {
            "j": to(lambda now: desk.selecting.by_sentence(now, 1)),
            "k": to(lambda now: desk.selecting.by_sentence(now, -1)),
            "}": to(lambda now: desk.selecting.by_paragraph(now, 1)),
            "{": to(lambda now: desk.selecting.by_paragraph(now, -1)),
            "g": to(lambda _: desk.selecting.top()),
            "G": to(lambda _: desk.selecting.end()),
            "x": to(lambda now: desk.selecting.grow(now)),  # noqa: PLW0108 - another one with each source
            "X": to(lambda now: desk.selecting.shrink(now)),  # noqa: PLW0108 - another one with each source
            "s": to(lambda now: desk.selecting.sentence(now)),  # noqa: PLW0108 - another one with each source
            "a": to(lambda now: desk.selecting.paragraph(now)),  # noqa: PLW0108 - another one with each source
            "l": edge("end", 1),
            "h": edge("end", -1),
            "L": edge("start", 1),
            "H": edge("start", -1),
            "]": lambda: self._to_coding(1),
            "[": lambda: self._to_coding(-1),
            "o": self._overlapping,
            ".": self._uncoded,
            "n": lambda: self._again(1),
            "N": lambda: self._again(-1),
            ">": lambda: self._neighbour(1),
            "<": lambda: self._neighbour(-1),
        }

    def _to_coding(self, step: Step) -> None:
        if not self._desk.to_coding(step):
            raise InputError(
                "There is no coding after this one." if step > 0 else "There is no coding before this one."
            )
        self._read()

    def _overlapping(self) -> None:
        if self._desk.to_overlapping() is None:
            raise InputError("There is no coding here.")
        self._read()

    def _uncoded(self) -> None:
        if not self._desk.to_uncoded():
            raise InputError("Every sentence of this note has a code.")
        self._read()

    def _again(self, step: Step) -> None:
        now = self._desk.selection
        if self._desk.match is None or now is None:
            raise InputError("Nothing is searched for: / and words begin.")
        self._find(now.start + 1 if step > 0 else now.start, step)

    def _find(self, start: int, step: Step) -> None:
        found = self._desk.search(self._desk.match, start, step)
        if found is None:
            raise InputError("There is no match in this note.")
        self._desk.select(found)
        self._read()

    def _neighbour(self, step: Step) -> None:
        name = self._desk.neighbour(step)
        if name is None:
            raise InputError("This is the last source." if step > 0 else "This is the first source.")
        self._desk.open(name)
        self._say_source()

    # Coding

    def _verbs(self) -> dict[str, Callable[[], None]]:
        """The keys that change something; after each it is said what was done."""
        deeds = self._deeds

        def told(deed: Callable[[], str]) -> Callable[[], None]:
            return lambda: self._say(deed())

        return {
            "enter": self._pick,
            "space": told(deeds.again),
            "i": told(deeds.in_vivo),
            "p": told(lambda: deeds.pin(self._desk.coding.code if self._desk.coding else self._desk.last_code)),
            "d": told(deeds.remove),
            "r": told(deeds.respan),
            "R": self._recode,
            "-": told(deeds.toggle_stance),
            "~": told(deeds.toggle_certainty),
            "M": told(lambda: deeds.toggle_read(self._opened())),
            "u": told(deeds.undo),
            "U": told(deeds.redo),
            "e": self._edge_editor,
            "=": self._cases,
            "w": self._where,
            "?": lambda: self._say(HELP),
        }

    def _pick(self) -> None:
        chosen = self._ask_code("Code?")
        if chosen is not None:
            path, new = chosen
            self._say(self._deeds.apply_new(path) if new else self._deeds.apply(path))

    def _recode(self) -> None:
        chosen = self._ask_code("Which code instead?", allow_new=False)
        if chosen is not None:
            self._say(self._deeds.set_code(chosen[0]))

    def _ask_code(self, question: str, *, allow_new: bool = True) -> tuple[str, bool] | None:
        """A code by a part of its name, and whether it has to be made; None when nothing is typed."""
        codes = self._desk.codebook.usable
        offered: Sequence[Code] = ()
        new = ""
        makes = " Theme/Name makes a new one;" if allow_new else ""
        self._say(f"{question} A part of its name;{makes} an empty line leaves.")
        for line in self._lines:
            typed = line.strip()
            if not typed:
                break
            if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(offered):
                return offered[int(typed) - 1].path, False
            if new and typed in {"+", new}:
                return new, True
            found = [hit.code for hit in pick(typed, codes, self._desk.place.recent)]
            exact = [code for code in codes if typed.casefold() in {code.path.casefold(), code.name.casefold()}]
            if len(exact) == 1 or (len(found) == 1 and "/" not in typed):
                return (exact or found)[0].path, False
            if allow_new and "/" in typed and not exact and all(split_path(typed)):
                return typed, True
            offered = (exact or found)[:OFFERED]
            new = "" if exact or not allow_new else typed
            self._offer(offered, new)
        self._say("No code.")
        return None

    def _offer(self, codes: Sequence[Code], new: str) -> None:
        if not codes:
            self._say("No code fits.")
        for number, code in enumerate(codes, 1):
            self._say(f"{number} {one_line(' / '.join(split_path(code.path)))}")
        if new:
            self._say(f"+ makes a new code “{one_line(new)}”")

    def _attribute(self, letter: str) -> str:
        source = self._desk.source
        by_letter = letters(source.cases) if source is not None else {}
        if source is not None and letter == "*":
            return self._deeds.attribute(source.cases)
        if letter == "0":
            return self._deeds.attribute(())
        if letter.casefold() not in by_letter:
            raise InputError(f"No case of this source has the letter {one_line(letter, 4)}: = alone lists them.")
        return self._deeds.attribute((by_letter[letter.casefold()],))

    def _touched(self, line: str) -> str:
        """Tell which cases the source touches, or hear which they are."""
        source = self._desk.source
        if not line:
            return f"{self._opened()} touches {', '.join(source.cases) if source and source.cases else 'no case'}."
        known = [case.label for case in self._desk.project.cases.list()]
        return self._deeds.tell_cases(self._opened(), written_cases(line, known))

    def _cases(self) -> None:
        source = self._desk.source
        if source is not None and not source.cases:
            raise InputError("The source touches no case: @ and a case tells it one, several parted by semicolons.")
        for letter, case in letters(source.cases if source else ()).items():
            self._say(f"={letter} {one_line(case)}")
        self._say("=* all of them, =0 none yet")

    def _memo(self, text: str) -> None:
        coding = self._desk.coding
        if coding is None:
            number, before = self._deeds.memo_of("source", self._opened())
            if text:
                self._say(f"On the source: {self._deeds.write_memo('source', self._opened(), number, text)}")
            else:
                self._say(
                    f"Memo on the source: {one_line(before)}"
                    if before
                    else "No coding here; m and a text writes a memo on the source."
                )
            return
        if text:
            self._say(self._deeds.set_memo(coding.id, text))
        else:
            self._say(f"Memo: {one_line(coding.memo)}" if coding.memo else "No memo yet: m and a text writes one.")

    def _edge_editor(self) -> None:
        self._edges = not self._edges
        self._say("l h L H move by characters." if self._edges else "l h L H move by words.")

    # Reading out

    def _say_source(self) -> None:
        source = self._desk.source
        if source is not None:
            known = (source.title, ", ".join(source.cases) or "no case", source.reading, f"{source.codings} codings")
            self._say(one_line(f"{source.name}: {', '.join(part for part in known if part)}. ? lists the keys."))
        self._read()

    def _read(self) -> None:
        desk = self._desk
        if desk.selection is None:
            self._say("There is no text in this source.")
            return
        here = "; ".join(self._told(coding) for coding in desk.here)
        self._say(f"{desk.line()} {one_line(desk.selection.quote(desk.text))}{f' [{here}]' if here else ''}")

    def _told(self, coding: Coding) -> str:
        facts = [short(coding.code)]
        facts += ["counter-evidence"] if coding.stance == "counters" else []
        facts += ["tentative"] if coding.certainty == "tentative" else []
        facts.append(", ".join(coding.cases) or "no case yet")
        return one_line(", ".join(facts))

    def _where(self) -> None:
        desk = self._desk
        size = len(desk.selection) if desk.selection else 0
        case = ", ".join(desk.context.cases) if desk.context else ", ".join(desk.source.cases) if desk.source else ""
        last = desk.last_code
        self._say(
            one_line(
                f"{self._opened()}, line {desk.line()}, {size} characters. Case: {case or 'none'}. "
                f"Space applies {short(last) if last else 'nothing yet'}."
            )
        )
        self._read()

    def _opened(self) -> str:
        if self._desk.source is None:
            raise InputError("No source is open.")
        return self._desk.source.name


def code_line_by_line(project: Project, source: str, lines: Iterator[str], say: Callable[[str], None]) -> None:
    """Code a source with keys from `lines`; the place is remembered as the screen remembers it."""
    from sibtui.desk.memory import Memory  # noqa: PLC0415 - the loop itself needs no file

    memory = Memory.load()
    place = memory.place(project.study.guid)
    place.path = str(project.path.resolve())
    try:
        Linear(project, place, lines, say).run(source)
    finally:
        memory.save()
