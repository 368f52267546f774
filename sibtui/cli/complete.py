"""Completions that a shell offers on the command line: study files, and names in a study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import SibtuiError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import click
    from click.shell_completion import CompletionItem

    from sibtui.project import Project

    Complete = Callable[[click.Context, click.Parameter, str], list[str]]


def studies(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    """Return a reply that makes the shell complete the names of folders and of .sibtui files."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="study")]


def _complete_names(names: Callable[[Project], Iterable[str]]) -> Complete:
    """Return a function that completes the typed part of a name. `names` returns the names in a study.

    If the study cannot be opened, the function returns no completions.
    """
    return _complete_in_context(lambda project, _: names(project))


def _complete_in_context(names: Callable[[Project, click.Context], Iterable[str]]) -> Complete:
    """Do the same as `_complete_names`, but for names that depend on the other words of the command line.

    `names` gets the study and these words, and returns the names that can follow them.
    """

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
        from sibtui.cli.study_option import find_study
        from sibtui.model.folding import fold
        from sibtui.model.text import inert
        from sibtui.project import Project

        del param
        file = ctx.params.get("project") or ctx.find_root().params.get("project")
        try:
            with Project.open(find_study(file)) as project:
                candidates = list(names(project, ctx))
        except SibtuiError:
            return []
        start = fold(incomplete)
        # the shell splits names at newlines, and nobody can type control characters
        candidates = [name for name in candidates if "\n" not in name and name == inert(name)]
        return [name for name in candidates if _begins(fold(name), start)]

    return complete


def _begins(name: str, start: str) -> bool:
    """Return whether a name, or a part of it after a slash, begins with `start`."""
    return name.startswith(start) or f"/{start}" in name


sources = _complete_names(lambda project: project.sources.names())
sets = _complete_names(lambda project: [each.name for each in project.sets.list()])
cases = _complete_names(lambda project: [case.label for case in project.cases.list()])
codes = _complete_names(lambda project: [code.path for code in project.codes.list()])
coders = _complete_names(lambda project: [coder.name for coder in project.coders])
queries = _complete_names(lambda project: [query.name for query in project.queries.list()])
claims = _complete_names(lambda project: [claim.key for claim in project.claims.list()])
matrices = _complete_names(lambda project: [matrix.name for matrix in project.matrices.list()])
attributes = _complete_names(lambda project: dict.fromkeys(attribute.name for attribute in project.attributes.list()))


def _cell_names(project: Project, ctx: click.Context) -> Iterable[str]:
    """Return ROW:COLUMN for each cell of the matrices that the command line names.

    If the command line names no matrix, return the cells of all matrices.
    """
    names = ctx.params.get("names") or [matrix.name for matrix in project.matrices.list()]
    matrices = (project.matrices.show(name) for name in names)
    return dict.fromkeys(
        f"{row.label}:{column}" for matrix in matrices for row in matrix.rows for column in matrix.columns
    )


cells = _complete_in_context(_cell_names)


def _topic_states(project: Project) -> Iterable[str]:
    """Return CODE=STATE for each pair of a code and a state, such as `Trust=not asked`.

    The state is whether interviewers asked about the code.
    """
    from sibtui.model.records import ASKED  # here, because it costs 10 ms that most commands do not need

    return [f"{code.path}={state}" for code in project.codes.list() for state in ASKED]


topics = _complete_names(_topic_states)
