"""Shell completion of names in the study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import SibtuiError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import click

    from sibtui.project import Project

    Complete = Callable[[click.Context, click.Parameter, str], list[str]]


def _names(of: Callable[[Project], Iterable[str]]) -> Complete:
    """What completes the names that `of` gives; without a study that can be opened there are none."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
        from sibtui.cli.common import find_study  # noqa: PLC0415 - only completion needs it here
        from sibtui.model.text import inert  # noqa: PLC0415
        from sibtui.project import Project  # noqa: PLC0415

        del param
        told = ctx.params.get("project") or ctx.find_root().params.get("project")
        try:
            with Project.open(find_study(told)) as project:
                names = list(of(project))
        except SibtuiError:
            return []
        start = incomplete.casefold()
        # a name with a newline would be two to the shell, and one with control characters is nothing to be typed
        plain = [name for name in names if "\n" not in name and name == inert(name)]
        return [name for name in plain if _begins(name.casefold(), start)]

    return complete


def _begins(name: str, start: str) -> bool:
    """Whether the name, or a part of the path that it is, begins so."""
    return name.startswith(start) or f"/{start}" in name


sources = _names(lambda project: project.sources.names())
cases = _names(lambda project: [case.label for case in project.cases.list()])
codes = _names(lambda project: [code.path for code in project.codes.list()])
coders = _names(lambda project: [coder.name for coder in project.coders])
matrices = _names(lambda project: [matrix.name for matrix in project.matrices.list()])
attributes = _names(lambda project: dict.fromkeys(attribute.name for attribute in project.attributes.list()))
