"""The reference: docs/cli.md and the man page from the help texts, docs/api.md from the docstrings of the public names.

python docs/make_reference.py [cli.md | api.md | man]
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import textwrap
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent
COMMAND = "python docs/make_reference.py"
NOUNS = {
    "sources": "sources.Sources",
    "sets": "source_sets.SourceSets",
    "cases": "cases.Cases",
    "attributes": "attributes.Attributes",
    "codes": "codes.Codes",
    "proposals": "proposals.Proposals",
    "codings": "codings.Codings",
    "queries": "queries.Queries",
    "claims": "claims.Claims",
    "quotes": "quotes.Quotes",
    "memos": "memos.Memos",
    "summaries": "summaries.Summaries",
    "readings": "readings.Readings",
    "rounds": "rounds.Rounds",
    "pseudonyms": "pseudonyms.Pseudonyms",
    "matrices": "matrices.Matrices",
    "reports": "reports.Reports",
    "exports": "exports.Exports",
    "history": "history.History",
    "backups": "backups.Backups",
}
"""Property of a Project → module and class of the noun."""

ENVIRONMENT = {
    "SIBTUI_PROJECT": "The study for commands without -p.",
    "SIBTUI_CODER": "The name of the coder. The default is the login name.",
    "SIBTUI_BACKUPS": "How many backups of a kind stay. The default is 7; 0 switches daily backups off.",
    "SIBTUI_KEY": "The file with the key of pseudonyms for commands without --key. The default is a file beside the study.",
    "SIBTUI_CONFIG_DIR": "The folder for settings, state and the crash log. The default is the folder of the system.",
}
STATUS = {
    "0": "Success.",
    "1": "An error that the user can correct; or `sibtui check` lists something.",
    "2": "Wrong usage.",
    "130": "Interrupted.",
}


class CommandHelp(NamedTuple):
    """A command with its words, usage, paragraphs, examples, and options with their help."""

    words: str
    usage: str
    paragraphs: list[str]
    examples: list[str]
    options: list[tuple[str, str]]


def commands() -> Iterator[CommandHelp]:
    """Yield every command of the command line, in the order of its help."""
    from sibtui.cli.root import cli

    yield from _below(cli, "sibtui", None)


def _below(command: click.Command, name: str, parent: click.Context | None) -> Iterator[CommandHelp]:
    context = click.Context(command, info_name=name, parent=parent)
    text, _, block = inspect.cleandoc(command.help or "").partition("\b\nExample:\n")
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n") if part.strip("\b\n ")]
    examples = [line.strip() for line in block.splitlines() if line.strip()]
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    options = [_option(option, context) for option in command.params if isinstance(option, click.Option)]
    yield CommandHelp(context.command_path, usage, paragraphs, examples, options)
    if isinstance(command, click.Group):
        for word in command.list_commands(context):
            inner = command.get_command(context, word)
            if inner is not None:
                yield from _below(inner, word, context)


def _option(option: click.Option, context: click.Context) -> tuple[str, str]:
    """Return the names of an option with its value, and its help."""
    names = ", ".join(option.opts)
    value = "" if option.is_flag or option.count else f" {option.make_metavar(context)}"
    extra = " Required." if option.required else ""
    if option.show_default and option.default is not None and not option.is_flag:
        extra += f" Default: {option.default}."
    return names + value, f"{option.help or ''}{extra}".strip()


def cli_page() -> str:
    """Return docs/cli.md."""
    lines = [
        "# Commands",
        "",
        f"Made by `{COMMAND}` from the help texts: do not edit. Every command takes `--help`.",
        "",
    ]
    found = list(commands())
    lines += [f"- [{each.words}](#{each.words.replace(' ', '-')})" for each in found[1:]]
    for each in found:
        lines += ["", f"## {each.words}", "", f"    {each.usage}"]
        for paragraph in each.paragraphs:
            lines += ["", paragraph]
        if each.examples:
            lines += ["", "Example:", "", *(f"    {line}" for line in each.examples)]
        if each.options:
            lines += ["", "| option | meaning |", "| --- | --- |"]
            lines += [f"| `{_cell(names)}` | {_cell(text)} |" for names, text in each.options]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def man_page() -> str:
    """Return the man page."""
    from sibtui import __version__

    root, *others = commands()
    lines = [f'.TH SIBTUI 1 "" "sibtui {__version__}" "User Commands"', f'.\\" Made by {COMMAND}: do not edit.']
    lines += [
        ".SH NAME",
        _roff("sibtui - code interview notes in the terminal, and get the tables of a paper from them"),
    ]
    lines += [".SH SYNOPSIS", f".B {_roff(root.usage)}", ".SH DESCRIPTION"]
    lines += [*_body(root), ".SH COMMANDS"]
    for each in others:
        lines += [f".SS {_roff(each.words)}", f".B {_roff(each.usage)}", ".PP", *_body(each)]
    lines += [".SH ENVIRONMENT", *_tagged(ENVIRONMENT.items()), ".SH EXIT STATUS", *_tagged(STATUS.items())]
    return "\n".join(lines) + "\n"


def _body(command: CommandHelp) -> list[str]:
    lines: list[str] = []
    for paragraph in command.paragraphs:
        lines += [".PP", _roff(paragraph)]
    if command.examples:
        lines += [".PP", "Example:", ".PP", ".nf", ".RS 4", *map(_roff, command.examples), ".RE", ".fi"]
    return [*lines, *_tagged(command.options)]


def _tagged(entries: object) -> list[str]:
    return [line for tag, text in entries for line in (".TP", f".B {_roff(tag)}", _roff(text))]  # type: ignore[attr-defined]


def _roff(text: str) -> str:
    """Return a line of text for roff: backslashes, hyphens and non-ASCII characters escaped, and no control line."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "")
    text = "".join(character if character.isascii() else f"\\[u{ord(character):04X}]" for character in text)
    return f"\\&{text}" if text.startswith((".", "'")) else text


def api_page() -> str:
    """Return docs/api.md."""
    import sibtui

    lines = [
        "# Python",
        "",
        f"Made by `{COMMAND}` from the docstrings: do not edit. [scripting.md](scripting.md) has examples.",
        "",
    ]
    lines += [
        "All classes and functions on this page come from `sibtui`: `from sibtui import Project, CodingFilter`.",
        "The signatures also use short names for types, such as `Names` and `Kind`. [The last section](#short-names-of-types) lists them;",
        "a script needs none of them.",
        "",
    ]
    lines += ["## Project", *_class_of("sibtui.project", "Project", "Project")]
    for noun, place in NOUNS.items():
        module, _, name = place.partition(".")
        lines += ["", f"## project.{noun}", *_class_of(f"sibtui.project.{module}", name, f"project.{noun}")]
    lines += ["", "## Values, results and errors"]
    nouns = {place.partition(".")[2] for place in NOUNS.values()}
    for name in sorted(set(sibtui.__all__) - nouns - {"Project", "__version__"}):
        module = getattr(sibtui, name).__module__
        node = _node(module, name)
        lines += ["", f"### {name}"]
        lines += _class(node, name) if isinstance(node, ast.ClassDef) else _function(node, "")
    lines += ["", "## Short names of types", "", "| name | type | meaning |", "| --- | --- | --- |"]
    lines += [f"| `{name}` | `{_cell(type_)}` | {_cell(text)} |" for name, type_, text in _aliases(lines)]
    return "\n".join(lines) + "\n"


def _aliases(lines: list[str]) -> Iterator[tuple[str, str, str]]:
    """Yield name, type and meaning of each alias in the signatures of a page, and of the aliases in these types."""
    known = dict(_package_aliases())
    signatures = " ".join(re.findall(r"^```text\n(?!>>>)(.*?)^```", "\n".join(lines), re.MULTILINE | re.DOTALL))
    waiting, met = set(re.findall(r"[A-Z]\w+", signatures)), set()
    while names := (waiting & known.keys()) - met:
        met |= names
        waiting = {word for name in names for word in re.findall(r"[A-Z]\w+", re.sub(r"'[^']*'", "", known[name][0]))}
    for name in sorted(met):
        yield name, *known[name]


def _package_aliases() -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield name → (type, docstring) of each alias at the top level of a module below the front ends."""
    package = FOLDER.parent / "sibtui"
    for folder in ("formats", "project", "model"):
        for file in sorted((package / folder).rglob("*.py")):
            body = ast.parse(file.read_text(encoding="utf-8")).body
            for part, after in pairwise([*body, None]):
                match part, after:
                    case ast.Assign(targets=[ast.Name(id=name)], value=ast.Subscript() | ast.BinOp() as value), _:
                        text = ""
                        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
                            text = " ".join(inspect.cleandoc(str(after.value.value)).split())
                        yield name, (_bare(ast.unparse(value)), text)


def _node(module: str, name: str) -> ast.ClassDef | ast.FunctionDef:
    """Return the definition of a class or function in the source of its module."""
    tree = ast.parse(inspect.getsource(import_module(module)))
    return next(node for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name == name)


def _class_of(module: str, name: str, prefix: str) -> list[str]:
    """Return the lines about a noun. Methods that it has from a part of it come last."""
    node = _node(module, name)
    assert isinstance(node, ast.ClassDef)  # noqa: S101 - for the type checker
    for base in getattr(import_module(module), name).__mro__[1:]:
        if base.__module__.startswith("sibtui.project.") and base.__name__ != "Noun":
            node.body += _node(base.__module__, base.__name__).body
    return _class(node, prefix, headings=True)


def _class(node: ast.ClassDef, prefix: str, *, headings: bool = False) -> list[str]:
    """Return the lines about a class: its docstring, fields and public methods."""
    lines = _text(node)
    fields = [
        line
        for part, after in zip(node.body, [*node.body[1:], None], strict=True)
        if isinstance(part, ast.AnnAssign) and _public(ast.unparse(part.target))
        for line in _field(part, after)
    ]
    if fields:
        lines += ["", "```text", *fields, "```"]
    for part in node.body:
        if isinstance(part, ast.FunctionDef) and _public(part.name):
            lines += ["", f"### {prefix}.{part.name}"] if headings else []
            lines += _function(part, f"{prefix}.")
    return lines


def _field(part: ast.AnnAssign, after: ast.stmt | None) -> Iterator[str]:
    """Yield a field, and the docstring that follows it."""
    default = "" if part.value is None else f" = {ast.unparse(part.value)}"
    yield f"{ast.unparse(part.target)}: {_bare(ast.unparse(part.annotation))}{default}"
    match after:
        case ast.Expr(value=ast.Constant(value=str(text))):
            yield from (f"    {line}" for line in inspect.cleandoc(text).split("\n"))


def _function(node: ast.FunctionDef, prefix: str) -> list[str]:
    """Return the signature and docstring of a function. A property has no parentheses."""
    decorators = {ast.unparse(decorator) for decorator in node.decorator_list}
    returns = f" -> {_bare(ast.unparse(node.returns))}" if node.returns else ""
    arguments = node.args
    if arguments.args and arguments.args[0].arg in {"self", "cls"}:
        arguments.args = arguments.args[1:]
    call = "" if decorators & {"property", "cached_property"} else f"({_spaced(_bare(ast.unparse(arguments)))})"
    signature = f"{prefix}{node.name}{call}{returns}"
    return ["", "```text", *textwrap.wrap(signature, 110, subsequent_indent="    "), "```", *_text(node)]


def _bare(annotation: str) -> str:
    """Return an annotation without the package before its names: all of them come from `sibtui`."""
    return annotation.replace("sibtui.", "")


def _spaced(arguments: str) -> str:
    """Return the arguments with spaces around the `=` of annotated ones."""
    return re.sub(r"(: [^=]*?)=", r"\1 = ", arguments)


def _text(node: ast.ClassDef | ast.FunctionDef) -> list[str]:
    """Return the docstring; its examples, and other indented or prompted parts, as blocks."""
    lines: list[str] = []
    for part in (ast.get_docstring(node) or "").split("\n\n"):
        example = part.lstrip().startswith((">>>", "    ")) or part.startswith("    ")
        if part.strip():
            lines += ["", "```text", *part.split("\n"), "```"] if example else ["", part]
    return lines


def _public(name: str) -> bool:
    return not name.startswith("_")


PAGES = {"cli.md": cli_page, "api.md": api_page, "sibtui.1": man_page}


def main(arguments: list[str]) -> None:
    """Write the pages named, or all."""
    for name in arguments or list(PAGES):
        file = {"man": "sibtui.1"}.get(name, name)
        (FOLDER / file).write_text(PAGES[file](), encoding="utf-8")
        print(f"docs/{file}")  # noqa: T201 - a script, run by hand


if __name__ == "__main__":
    main(sys.argv[1:])
