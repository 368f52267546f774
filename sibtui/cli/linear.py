"""`sibtui code --linear`: coding line by line, for screen readers and scripts.

Each key has the same effect as on the coding screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.cli.code_prompt import CodePrompt
from sibtui.cli.hints import worded
from sibtui.errors import InputError, SibtuiError
from sibtui.model.folding import identical
from sibtui.model.text import one_line
from sibtui.model.text_pattern import text_pattern
from sibtui.workspace.actions import CodingActions
from sibtui.workspace.case_choice import CaseChoice, case_keys, cases_by_prefix, first_prefix, parse_cases
from sibtui.workspace.codebook_view import short
from sibtui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sibtui.model.records import Coding
    from sibtui.model.segments import Segment
    from sibtui.project import Project
    from sibtui.workspace.selection import Step
    from sibtui.workspace.session_state import StudyState

KEY_ALIASES = {
    "": "enter", " ": "space", "down": "j", "up": "k", "right": "l", "left": "h", "home": "g", "end": "G", "delete": "d",
    "tab": ">", "pagedown": "}", "pageup": "{", "ctrl+z": "u", "ctrl+y": "U", "shift+down": "x", "shift+up": "X",
    "shift+right": "L", "shift+left": "H", ")": "j", "(": "k", "ctrl+r": "U",
}  # fmt: skip
"""A dict: key that the user may type → the key of `LinearSession` that has the same effect."""

HELP = """\
Type a key, then Enter. An empty line is the key Enter.
j k: next, previous sentence. } {: next, previous paragraph. g G: top, end. .: next sentence without a code.
] [: next, previous coding. o: next overlapping coding.
x X: add, drop a sentence. l h: move the end by a word, forward, back. L H: move the start. e: move by characters.
s a: select the sentence, the paragraph.
Enter: ask for a code. space: apply the last code again. i: make a code from the words. 1 to 9: a pinned code. p: pin a code.
A capital letter, or ' and a letter: the code with that key. d: remove the coding. r: move it to the selection. R: change its code.
-: counter-evidence. ~: tentative. = and a letter or a name: the case (=* all, =0 none). @ and cases: the cases of the source.
m and a text: memo on the coding, or on the source when there is no coding. M: read or unread.
/ and words: search. n N: next, previous match. > <: next, previous source. u U: undo, redo. w: where you are. ?: this list. q: leave."""


class LinearSession:
    """Coding line by line. A line begins with a key of the coding screen. After some keys, words follow on the line.

    `lines` yields the lines that the user types, and `write` prints a line.
    """

    def __init__(self, project: Project, place: StudyState, lines: Iterator[str], write: Callable[[str], None]) -> None:
        self._workspace = Workspace(project, place)
        self._actions = CodingActions(self._workspace)
        self._code_prompt = CodePrompt(self._workspace, lines, write)
        self._lines = lines
        self._write = write
        self._by_character = False
        self._warned_line = ""
        self._keys: dict[str, Callable[[], None]] = self._selection_keys() | self._action_keys()

    def run(self, source: str) -> None:
        """Let the user code a source, until the user types `q` or the input ends."""
        workspace = self._workspace
        workspace.reload_lists()
        name = workspace.project.sources.get(source).name
        place = workspace.place
        workspace.open(name, *((place.start, place.end) if place.source == name else (0, 0)))
        self._write_source()
        version = workspace.project.data_version
        for line in self._lines:
            typed = line.rstrip("\r\n")
            if typed in {"q", "escape"}:
                break
            try:
                if workspace.project.data_version != version:  # another program has changed the study
                    version = workspace.project.data_version
                    workspace.reload()
                self._handle(typed)
            except SibtuiError as error:
                self._write(worded(error))

    def _handle(self, typed: str) -> None:
        key = KEY_ALIASES.get(typed, typed)
        if key in self._keys:
            self._keys[key]()
            return
        command, rest = typed[:1], typed[1:].strip()
        if command == "=" and rest:
            self._write(self._attribute(rest))
        elif command == "/" and rest:
            workspace = self._workspace
            workspace.match = text_pattern(rest)
            self._search(workspace.selection.start if workspace.selection else 0, 1)
        elif command == "/":
            raise InputError("Type / and the words to search for, on one line.")
        elif command == "m" and typed[1:2] in {" ", ""}:
            self._memo(rest)
        elif command == "'" and len(rest) == 1:
            self._write(self._actions.by_letter(rest))
        elif command == "@":
            self._write(self._source_cases(rest))
        elif len(typed) == 1 and typed.isupper():
            self._write(self._actions.by_letter(typed))
        elif len(typed) == 1 and typed in "123456789":
            self._write(self._actions.pinned(int(typed)))
        else:
            raise InputError(f"There is no key “{one_line(typed, 20)}”: ? lists the keys.")

    def _selection_keys(self) -> dict[str, Callable[[], None]]:
        workspace = self._workspace

        def select(move: Callable[[Segment], Segment | None]) -> Callable[[], None]:
            def run() -> None:
                if workspace.selection is None:
                    raise InputError("There is nothing to select in this source.")
                workspace.select(move(workspace.selection))
                self._write_selection()

            return run

        def move_edge(edge: str, step: Step) -> Callable[[], None]:
            def move(now: Segment) -> Segment | None:
                unit = "character" if self._by_character else "word"
                moved: Segment | None = getattr(workspace.selecting, f"{edge}_by_{unit}")(now, step)
                return moved

            return select(move)

        return {
            "j": select(lambda now: workspace.selecting.by_sentence(now, 1)),
            "k": select(lambda now: workspace.selecting.by_sentence(now, -1)),
            "}": select(lambda now: workspace.selecting.by_paragraph(now, 1)),
            "{": select(lambda now: workspace.selecting.by_paragraph(now, -1)),
            "g": select(lambda _: workspace.selecting.top()),
            "G": select(lambda _: workspace.selecting.end()),
            "x": select(lambda now: workspace.selecting.grow(now)),  # noqa: PLW0108 - `selecting` changes with the source
            "X": select(lambda now: workspace.selecting.shrink(now)),  # noqa: PLW0108 - `selecting` changes with the source
            "s": select(lambda now: workspace.selecting.sentence(now)),  # noqa: PLW0108 - `selecting` changes with the source
            "a": select(lambda now: workspace.selecting.paragraph(now)),  # noqa: PLW0108 - `selecting` changes with the source
            "l": move_edge("end", 1),
            "h": move_edge("end", -1),
            "L": move_edge("start", 1),
            "H": move_edge("start", -1),
            "]": lambda: self._to_coding(1),
            "[": lambda: self._to_coding(-1),
            "o": self._to_overlapping,
            ".": self._to_uncoded,
            "n": lambda: self._next_match(1),
            "N": lambda: self._next_match(-1),
            ">": lambda: self._to_neighbour(1),
            "<": lambda: self._to_neighbour(-1),
        }

    def _to_coding(self, step: Step) -> None:
        if not self._workspace.to_coding(step):
            raise InputError(
                "There is no coding after this one." if step > 0 else "There is no coding before this one."
            )
        self._write_selection()

    def _to_overlapping(self) -> None:
        if self._workspace.to_overlapping() is None:
            raise InputError("There is no coding here.")
        self._write_selection()

    def _to_uncoded(self) -> None:
        if not self._workspace.to_uncoded():
            raise InputError("Every sentence of this note has a code.")
        self._write_selection()

    def _next_match(self, step: Step) -> None:
        now = self._workspace.selection
        if self._workspace.match is None or now is None:
            raise InputError("There is no search yet: type / and the words to search for.")
        self._search(now.start + 1 if step > 0 else now.start, step)

    def _search(self, start: int, step: Step) -> None:
        match = self._workspace.search(self._workspace.match, start, step)
        if match is None:
            raise InputError("There is no match in this note.")
        self._workspace.select(match)
        self._write_selection()

    def _to_neighbour(self, step: Step) -> None:
        name = self._workspace.neighbour(step)
        if name is None:
            raise InputError("This is the last source." if step > 0 else "This is the first source.")
        self._workspace.open(name)
        self._write_source()

    def _action_keys(self) -> dict[str, Callable[[], None]]:
        actions = self._actions

        def run(action: Callable[[], str]) -> Callable[[], None]:
            return lambda: self._write(action())

        return {
            "enter": self._apply_code,
            "space": run(actions.again),
            "i": run(actions.in_vivo),
            "p": run(actions.pin_here),
            "d": run(actions.remove),
            "r": run(actions.respan),
            "R": self._change_code,
            "-": run(actions.toggle_stance),
            "~": run(actions.toggle_certainty),
            "M": run(lambda: actions.toggle_read(self._source_name())),
            "u": run(actions.undo),
            "U": run(actions.redo),
            "e": self._toggle_unit,
            "=": self._write_cases,
            "w": self._write_position,
            "?": lambda: self._write(HELP),
        }

    def _apply_code(self) -> None:
        choice = self._code_prompt.ask("Code?")
        if choice is not None:
            self._write(self._actions.take(choice))

    def _change_code(self) -> None:
        if self._workspace.coding is None:
            raise InputError("There is no coding here whose code could be changed.")
        choice = self._code_prompt.ask("Which code instead?")
        if choice is not None:
            self._write(self._actions.set_code(choice))

    def _attribute(self, typed: str) -> str:
        choice = self._case_choice()
        if (key := typed.casefold()) in {*choice.keys, "*", "0"}:
            return self._actions.attribute(choice.chosen(key))
        exact = identical(typed, choice.cases)
        cases = [exact] if exact else cases_by_prefix(typed, choice.cases)
        if len(cases) != 1:
            hint = f": {', '.join(cases)}?" if cases else ". = alone lists them."
            raise InputError(f"No case of this source has the letter or the name “{one_line(typed, 40)}”{hint}")
        return self._actions.attribute(cases)

    def _case_choice(self) -> CaseChoice:
        cases = self._workspace.source.cases if self._workspace.source is not None else ()
        return CaseChoice("", cases, case_keys(cases, self._workspace.project.cases.list()))

    def _source_cases(self, line: str) -> str:
        """Replace the cases of the source by the cases named in `line`. Return a message about the change.

        If `line` is empty, change nothing, and return a message about the present cases.
        """
        source = self._workspace.source
        if not line:
            return (
                f"{self._source_name()} is about {', '.join(source.cases) if source and source.cases else 'no case'}."
            )
        known = [case.label for case in self._workspace.project.cases.list()]
        incomplete = first_prefix(line, known)
        if incomplete is not None and self._warned_line != line:
            self._warned_line = line
            typed, cases = incomplete
            raise InputError(f"Type {' or '.join(cases)}; the same line again makes a new case “{typed}”.")
        self._warned_line = ""
        return self._actions.set_cases(self._source_name(), parse_cases(line, known))

    def _write_cases(self) -> None:
        source = self._workspace.source
        if source is not None and not source.cases:
            raise InputError("The source has no case: type @ and its cases, separated by semicolons.")
        choice = self._case_choice()
        letters = {case: letter for letter, case in choice.keys.items()}
        for case in choice.cases:
            self._write(f"={letters[case]} {one_line(case)}" if case in letters else f"={one_line(case)}")
        self._write("=* all of them, =0 none yet")

    def _memo(self, text: str) -> None:
        coding = self._workspace.coding
        if coding is None:
            number, before = self._actions.memo_of("source", self._source_name())
            if text:
                self._write(f"On the source: {self._actions.write_memo('source', self._source_name(), number, text)}")
            else:
                self._write(
                    f"Memo on the source: {one_line(before)}"
                    if before
                    else "There is no coding here: m and a text writes a memo on the source."
                )
            return
        if text:
            self._write(self._actions.set_memo(coding.id, text))
        else:
            self._write(f"Memo: {one_line(coding.memo)}" if coding.memo else "No memo yet: type m and a text.")

    def _toggle_unit(self) -> None:
        self._by_character = not self._by_character
        self._write("l h L H move by characters." if self._by_character else "l h L H move by words.")

    def _write_source(self) -> None:
        source = self._workspace.source
        if source is not None:
            facts = (source.title, ", ".join(source.cases) or "no case", source.reading, f"{source.codings} codings")
            self._write(one_line(f"{source.name}: {', '.join(fact for fact in facts if fact)}. ? lists the keys."))
        self._write_selection()

    def _write_selection(self) -> None:
        workspace = self._workspace
        if workspace.selection is None:
            self._write("There is no text in this source.")
            return
        codings = "; ".join(self._describe(coding) for coding in workspace.overlapping)
        self._write(
            f"{workspace.line()} {one_line(workspace.selection.quote(workspace.text))}{f' [{codings}]' if codings else ''}"
        )

    def _describe(self, coding: Coding) -> str:
        facts = [short(coding.code)]
        facts += ["counter-evidence"] if coding.stance == "counters" else []
        facts += ["tentative"] if coding.certainty == "tentative" else []
        facts.append(", ".join(coding.cases) or "no case yet")
        return one_line(", ".join(facts))

    def _write_position(self) -> None:
        workspace = self._workspace
        size = len(workspace.selection) if workspace.selection else 0
        cases = workspace.context.cases if workspace.context else workspace.source.cases if workspace.source else ()
        last = workspace.last_code
        self._write(
            one_line(
                f"{self._source_name()}, line {workspace.line()}, {size} characters. Case: {', '.join(cases) or 'none'}. "
                f"Space applies {short(last) if last else 'nothing yet'}."
            )
        )
        self._write_selection()

    def _source_name(self) -> str:
        if self._workspace.source is None:
            raise InputError("No source is open.")
        return self._workspace.source.name


def code_line_by_line(project: Project, source: str, lines: Iterator[str], write: Callable[[str], None]) -> None:
    """Code a source with the keys in `lines`, as on the coding screen. `write` receives each line of the output.

    At the end, the place in the source is stored, so that the next session and the screen begin there.
    """
    from sibtui.workspace.session_state import SessionState

    state = SessionState.load()
    place = state.place(project.study.guid)
    place.path = str(project.path.resolve())
    try:
        LinearSession(project, place, lines, write).run(source)
    finally:
        state.save()
