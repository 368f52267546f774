"""Errors of a study. Each message names the problem, its place, and the next step."""

from __future__ import annotations


class SibtuiError(Exception):
    """Base of all errors that a user can correct. The message is one sentence with the facts, and can be shown unchanged.

    `hint` is the id of a piece of advice, such as "overwrite", or empty. A front end words it with its own flags or keys.
    """

    def __init__(self, message: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class NotFoundError(SibtuiError):
    """No item has this name or number. The message gives the nearest names."""


class AmbiguousError(SibtuiError):
    """A name or quote fits several items. The message lists them."""


class ConflictError(SibtuiError):
    """The change conflicts with the study or an existing file, for example because a name is in use."""


class InputError(SibtuiError):
    """A file or value cannot be used. The message names the file and line, or the value."""


class QueryError(InputError):
    """A query of codings cannot be read. `position` is the character with the problem, counted from 1; `reason` names the problem.

    `expected` holds the words and names that can follow there; it is empty when the problem is the value of a term.
    """

    def __init__(self, position: int, reason: str, expected: tuple[str, ...] = ()) -> None:
        super().__init__(f"Character {position} of the query: {reason}")
        self.position = position
        self.reason = reason
        self.expected = expected


class OutOfRangeError(InputError, ValueError):
    """A number is outside its range, or a value is no number. The message names the value and the range."""


class StudyFileError(SibtuiError):
    """The study file cannot be opened, read or written. It is missing, not a study, newer than the program, damaged, or locked.

    `why` is a short reason without the path. It defaults to the message.
    """

    def __init__(self, message: str, why: str = "", hint: str = "") -> None:
        super().__init__(message, hint)
        self.why = why or message


class StudyBusyError(StudyFileError):
    """Another program is using the study. The same call may succeed later."""


class StudyReplacedError(StudyFileError):
    """The study file was moved, deleted, replaced or overwritten while it was open. Open the study again."""
