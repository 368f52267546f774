"""Plain words for the errors of click about numbers and arguments.

click 8.5 (tried in 2026) writes “0 is not in the range x>=1.” and shows `{bash|zsh|fish}` as an argument's name.
"""

from __future__ import annotations

import click


def in_plain_words(error: click.ClickException) -> click.ClickException:
    """Return an error to show in place of `error`; `error` itself if its words are plain already."""
    if not isinstance(error, click.BadParameter) or error.param is None:
        return error
    kind = error.param.type
    name = _name(error.param)
    if isinstance(error, click.MissingParameter) or not isinstance(kind, click.IntRange | click.FloatRange):
        if isinstance(kind, click.Choice) and isinstance(error.param, click.Argument):
            error.param_hint = f"'{name}'"
        return error
    value, is_not, _ = error.message.rpartition(" is not ")  # click 8.1 and 8.5: "0 is not in the range x>=1."
    given = f"{name} {value}" if is_not else name
    return click.UsageError(f"{given}: give {_wanted(kind)}.", error.ctx)


def _name(parameter: click.Parameter) -> str:
    """Return the name of an option or argument for a message, such as `--limit` or `NUMBER`."""
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return (parameter.metavar or str(parameter.name).upper()).strip("[]…")


def _wanted(kind: click.IntRange | click.FloatRange) -> str:
    """Return words for the numbers that an option takes, such as `a whole number from 0 to 100`."""
    noun = "a whole number" if isinstance(kind, click.IntRange) else "a number"
    return f"{noun} of at least {kind.min}" if kind.max is None else f"{noun} from {kind.min} to {kind.max}"
