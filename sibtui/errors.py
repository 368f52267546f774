"""The errors that a user of a study can correct. Each message names the problem, its place, and the next step."""

from __future__ import annotations


class SibtuiError(Exception):
    """The base class of all errors that a user can correct. The message is one sentence, and can be shown unchanged.

    `hint` is a key such as "overwrite" for a piece of advice; empty if there is none. The command line shows the advice
    with options, and the screen shows it with keys.
    """

    def __init__(self, message: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class NotFoundError(SibtuiError):
    """Raised if nothing in the study has this name or id. The message gives the most similar names."""


class AmbiguousError(SibtuiError):
    """Raised if a name or a quote has several matches. The message lists them."""


class ConflictError(SibtuiError):
    """Raised if a change conflicts with the study or with an existing file, for example because a name is in use."""


class InputError(SibtuiError):
    """Raised if a file or a value cannot be used. The message names the file and the line, or the value."""


class QueryError(InputError):
    """Raised if a query of codings cannot be read.

    `position` is the place of the problem, counted in characters from 1, and `reason` is its cause. `expected` holds
    the words and names that can follow at this place. If the problem is the value of a term, `expected` is empty.

    A query can use a saved query: `query Doubts`. If “Doubts” is faulty, `saved` is “Doubts”, `position` is the place
    of the term `query Doubts`, and `reason` has the name “Doubts” and the place of the problem in “Doubts”. If “Doubts”
    itself uses a faulty query, `saved` and `reason` name that query.
    """

    def __init__(self, position: int, reason: str, expected: tuple[str, ...] = (), *, saved: str = "") -> None:
        super().__init__(f"Character {position} of the query: {reason}")
        self.position = position
        self.reason = reason
        self.expected = expected
        self.saved = saved


class StatementError(InputError):
    """Raised if the statement of a claim, such as `in many`, cannot be read.

    `position` is the place of the problem, counted in characters from 1, and `reason` is its cause.
    """

    def __init__(self, position: int, reason: str) -> None:
        super().__init__(f"Character {position} of the statement: {reason}")
        self.position = position
        self.reason = reason


class OutOfRangeError(InputError, ValueError):
    """Raised for a number outside of its range, and for a value that is not a number where a number is needed.

    The message names the value and the range.
    """


class StudyFileError(SibtuiError):
    """Raised if the study file cannot be opened, read or written.

    Possible causes: the file is missing, is not a study, is damaged or locked, or was made by a newer version of the
    program. `why` is a short reason without the path. By default, `why` is the message.
    """

    def __init__(self, message: str, why: str = "", hint: str = "") -> None:
        super().__init__(message, hint)
        self.why = why or message


class StudyBusyError(StudyFileError):
    """Raised if another program is using the study. The same call may succeed later."""


class StudyReplacedError(StudyFileError):
    """Raised if another program has moved, deleted, replaced or overwritten the study file. Open the study again."""
