"""`sibtui completion`: the script that makes a shell complete commands and names."""

from __future__ import annotations

import os
import re
from typing import Any

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    ShellComplete,
    add_completion_class,
    get_completion_class,
)

VARIABLE = "_SIBTUI_COMPLETE"
"""Set by the script when the shell asks; click answers before any command runs."""

_SPECIAL = re.compile(r"([^\w@%+:,./-])")


@add_completion_class
class Bash(BashComplete):
    """Bash takes what completes a word as it would be typed: click leaves blanks bare, and names here are full of them."""

    def format_completion(self, item: CompletionItem[Any]) -> str:
        if item.type != "plain" or self._in_quotes():
            return super().format_completion(item)
        typed = _SPECIAL.sub(r"\\\1", str(item.value))
        return f"{item.type},{typed}".replace("\\", "\\\\")  # the script's `read` takes one of each two off

    @staticmethod
    def _in_quotes() -> bool:
        words = os.environ.get("COMP_WORDS", "").split("\n")
        at = int(os.environ.get("COMP_CWORD", "0"))
        return at < len(words) and words[at].startswith(("'", '"'))


@click.command()
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def completion(shell: str) -> None:
    """Print the script that makes a shell complete commands, options, and names of sources, cases, codes and matrices.

    \b
    Example:
      sibtui completion bash > ~/.local/share/bash-completion/completions/sibtui
      sibtui completion fish > ~/.config/fish/completions/sibtui.fish
    """  # noqa: D301 - \b is click's
    from sibtui.cli.common import out  # noqa: PLC0415 - answering the shell needs no study, not always

    maker = get_completion_class(shell)
    if maker is None:  # pragma: no cover
        raise click.UsageError(f"There is no completion for {shell}.")
    root = click.get_current_context().find_root().command
    # not `maker.source`: bash's starts a bash to see how old it is
    out(ShellComplete.source(maker(root, {}, "sibtui", VARIABLE)))
