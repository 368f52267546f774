"""`sibtui completion`: scripts that let a shell complete commands and names.

sibtui has its own scripts, because those of click 8.5 (tried in 2026) have errors. In fish, they cut a name at its
second comma. In zsh and fish, they lose `--option=`. In bash, they expand `*` in a name, do not escape quotes, and
replace the wrong part of a word that contains a colon.
"""

from __future__ import annotations

import os
import re
from typing import Any

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
    get_completion_class,
)

from sibtui.model.frozen import dataclass

VARIABLE = "_SIBTUI_COMPLETE"
"""The environment variable that the script sets when the shell asks for completions.

If it is set, click runs no command.
"""

_SPECIAL = re.compile(r"([^\w@%+:,./=-])")
_BASH = """\
%(complete_func)s() {
    local reply kind value
    COMPREPLY=()
    while IFS= read -r reply; do
        kind=${reply%%%%,*} value=${reply#*,}
        case $kind in
            plain) COMPREPLY+=("$value") ;;
            study)
                compopt -o filenames
                while IFS= read -r value; do COMPREPLY+=("$value"); done \\
                    < <(compgen -d -- "$value"; compgen -f -X '!*.sibtui' -- "$value")
                ;;
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
        esac
    done < <(env COMP_LINE="${COMP_LINE:0:COMP_POINT}" COMP_WORDBREAKS="$COMP_WORDBREAKS" \\
        %(complete_var)s=bash_complete "$1")
}

complete -o nosort -F %(complete_func)s %(prog_name)s
"""
_FISH = """\
function %(complete_func)s
    for reply in (env %(complete_var)s=fish_complete COMP_WORDS=(commandline -cp | string collect) \\
            COMP_CWORD=(commandline -ct | string collect) %(prog_name)s)
        set -l parts (string split -m 1 "," -- $reply)
        switch $parts[1]
            case plain
                printf "%%s\\n" $parts[2]
            case study
                __fish_complete_suffix .sibtui | string match -r ".*(?:/|\\.sibtui)(?:\\t.*)?\\$"
            case dir
                __fish_complete_directories $parts[2]
            case file
                __fish_complete_path $parts[2]
        end
    end
end

complete --no-files --command %(prog_name)s --arguments "(%(complete_func)s)"
"""


class _WholeWords(ShellComplete):
    """A completion that returns the whole word, such as `--option=value`. click itself would return only `value`."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[Any]]:
        items = super().get_completions(args, incomplete)
        option, equals, _ = incomplete.partition("=")
        if equals and option.startswith("--"):
            for item in items:
                if item.type == "plain":
                    item.value = f"{option}={item.value}"
        return items


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A typed line: the words before the cursor, and the word at the cursor, which is `start` + `rest`.

    Bash replaces only the part `rest` when it completes the word. `quote` is the quotation mark that is open at the
    cursor, or empty.
    """

    words: tuple[str, ...]
    start: str
    rest: str
    quote: str

    @classmethod
    def parse(cls, line: str, breaks: str) -> TypedLine:
        """Split a line into words as bash does, with quotation marks and backslashes.

        `breaks` has the characters at which bash divides a word. In the word at the cursor, `rest` begins after the
        last of these characters, or after the last quotation mark.
        """
        words, start, word = list[str](), "", ""
        quote, at = "", 0
        in_word = False
        while at < len(line):
            character = line[at]
            at += 1
            if quote:
                if character == quote:
                    quote, start = "", word
                elif character == "\\" and quote == '"' and line[at : at + 1] in ("\\", '"', "$", "`"):
                    word, at = word + line[at], at + 1
                else:
                    word += character
            elif character in "'\"":
                quote, start, in_word = character, word, True
            elif character == "\\":
                word, at, in_word = word + line[at : at + 1], at + 1, True
            elif character in " \t\n":
                if in_word:
                    words.append(word)
                word, start, in_word = "", "", False
            else:
                word, in_word = word + character, True
                if character in breaks:
                    start = word
        return cls(tuple(words), start, word[len(start) :], quote)


@add_completion_class
class Bash(_WholeWords, BashComplete):
    """The completion for bash.

    bash replaces only the last part of a word, such as the part after `=`. Only this part is returned, with special
    characters escaped.
    """

    source_template = _BASH

    def _typed_line(self) -> TypedLine:
        return TypedLine.parse(os.environ.get("COMP_LINE", ""), os.environ.get("COMP_WORDBREAKS", "\"'@><=;|&(:"))

    def get_completion_args(self) -> tuple[list[str], str]:
        typed = self._typed_line()
        return list(typed.words[1:]), typed.start + typed.rest

    def format_completion(self, item: CompletionItem[Any]) -> str:
        value = str(item.value)
        typed = self._typed_line()
        if item.type == "study":
            return f"{item.type},{typed.rest}"
        if item.type != "plain":
            return super().format_completion(item)
        length = len(typed.start)
        if value[:length].casefold() != typed.start.casefold():  # bash would append the value to `start`
            return "none,"
        return f"{item.type},{_escape(value[length:], typed.quote)}"


def _escape(text: str, quote: str) -> str:
    """Return a text as the user would have to type it in bash.

    `quote` is the quotation mark that is open at the cursor, or empty.
    """
    if not quote:
        return _SPECIAL.sub(r"\\\1", text)
    inside = text.replace("'", "'\\''") if quote == "'" else re.sub(r'([\\"$`])', r"\\\1", text)
    # readline takes a quotation mark at the end for the closing one and adds none
    return inside + quote if inside.endswith(quote) else inside


@add_completion_class
class Zsh(_WholeWords, ZshComplete):
    """The completion for zsh. Zsh itself adds quotation marks where they are needed.

    For the name of a study, only folders and .sibtui files are offered.
    """

    source_template = ZshComplete.source_template.replace(
        'elif [[ "$type" == "dir" ]]',
        'elif [[ "$type" == "study" ]]; then\n            _path_files -g \'*.sibtui\' || _path_files -/\n'
        '        elif [[ "$type" == "dir" ]]',
    )


@add_completion_class
class Fish(_WholeWords, FishComplete):
    """The completion for fish. Fish itself adds quotation marks where they are needed."""

    source_template = _FISH


@click.command()
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def completion(shell: str) -> None:
    """Print a completion script for your shell.

    With the script, the shell completes commands, options, study files, and the names of sources, cases and codes.

    \b
    Example:
      sibtui completion bash > ~/.local/share/bash-completion/completions/sibtui
      sibtui completion fish > ~/.config/fish/completions/sibtui.fish
    """
    from sibtui.cli.streams import write_text

    completion_class = get_completion_class(shell)
    if completion_class is None:  # pragma: no cover
        raise click.UsageError(f"There is no completion for {shell}.")
    root = click.get_current_context().find_root().command
    # the `source` of click's bash class would start bash to check its version
    write_text(ShellComplete.source(completion_class(root, {}, "sibtui", VARIABLE)))
