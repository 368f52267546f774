"""What can go wrong, worded for the researcher: what is wrong, where, and what to do next."""

from __future__ import annotations


class SibtuiError(Exception):
    """Something the researcher can put right. The message is one sentence, fit to be shown as it is."""


class NotFoundError(SibtuiError):
    """A name that names nothing; the message gives the nearest names."""


class AmbiguousError(SibtuiError):
    """A name or quote that fits several things; the message lists them."""


class ConflictError(SibtuiError):
    """The change would clash with what is there (a name taken, a file in the way)."""


class InputError(SibtuiError):
    """A file or value that cannot be used; the message names the file and line."""


class StudyFileError(SibtuiError):
    """The study file cannot be opened: missing, not ours, newer than the program, damaged or locked."""
