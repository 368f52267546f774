"""The options of an import on the screen, either for all sources or for some of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.sources.read_options import DEFAULT, ReadOptions
from sibtui.model.frozen import dataclass
from sibtui.model.languages import language_code
from sibtui.project.shared.validation import Validation

if TYPE_CHECKING:
    from sibtui.model.drafts import SourceDraft
    from sibtui.model.records import Fidelity, Kind

READING = frozenset({"encoding", "speakers", "speaker_pattern", "interviewers", "reading"})
"""The options that change how a file is read. If one of them changes, the file is read again."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Options for the sources of an import. If an option is not set, the value in the file is used.

    With `speakers`, the texts are searched for names of speakers. `speaker_pattern` is a regular expression for names
    that do not have a usual form. `interviewers` names the speakers who are not participants. `reading` has the options
    of the functions that read a file. With `comment_codes`, each short comment in a document becomes a coding.
    """

    cases: tuple[str, ...] = ()
    kind: Kind | None = None
    fidelity: Fidelity | None = None
    encoding: str | None = None
    speakers: bool = False
    speaker_pattern: str = ""
    language: str = ""
    interviewers: tuple[str, ...] = ()
    reading: ReadOptions = DEFAULT
    comment_codes: bool = False

    def on(self, draft: SourceDraft) -> SourceDraft:
        """Return a draft in which these options replace the values from the file."""
        return replace(
            draft,
            cases=self.cases or draft.cases,
            cases_together="" if self.cases else draft.cases_together,
            kind=self.kind or draft.kind,
            fidelity=self.fidelity or draft.fidelity,
            language=self.language or draft.language,
        )

    def reads_like(self, other: ImportOptions) -> bool:
        return all(getattr(self, name) == getattr(other, name) for name in READING)


def validate_speaker_pattern(line: str) -> Validation:
    """Return whether a typed pattern for the names of speakers is valid, with a message. An empty line is valid."""
    from sibtui.formats.sources.speaker_pattern import EXAMPLE, compile_pattern

    if not line.strip():
        return Validation(f"A regular expression with a group “speaker”: {EXAMPLE}  Empty: the usual forms.")
    try:
        compile_pattern(line.strip())
    except InputError as error:
        return Validation(str(error), "no", error.hint)
    return Validation("Every match is the label of a turn; the speech begins at its end.")


def validate_language(line: str) -> Validation:
    """Return a message, and whether a typed line is a language code. An empty line is valid."""
    try:
        code = language_code(line)
    except InputError as error:
        return Validation(str(error), "no", error.hint)
    return Validation(
        f"Their language: {code}." if code else "Their language, such as de; empty: the study's, else guessed."
    )
