"""`sibtui matrix`: the tables of a study.

Each of its commands is imported only when it runs, so that the commands start fast.
"""

from __future__ import annotations

import click

from sibtui.cli.root import LazyGroup

_VERBS = {
    "list": ("matrix_define:list_", "List the saved matrices."),
    "define": ("matrix_define:define", "Save a matrix, from a file or from options."),
    "set": ("matrix_set:set_", "Change parts of a saved matrix: rows, notes, marks."),
    "show": ("matrix_show:show", "Show saved matrices, or a matrix built from options."),
    "evidence": ("matrix_evidence:evidence", "Show the quotes behind each cell."),
    "judge": ("matrix_judge:judge", "Overrule the computed state of a cell, with a reason."),
    "unjudge": ("matrix_judge:unjudge", "Remove a judgement."),
    "judgements": ("matrix_judge:judgements", "List the judgements, and mark the stale ones."),
    "duplicate": ("matrix_define:duplicate", "Save a copy of a matrix under another name."),
    "rename": ("matrix_define:rename", "Give a saved matrix another name."),
    "remove": ("matrix_define:remove", "Remove a saved matrix."),
    "export": ("matrix_define:export", "Write the definition of a saved matrix as TOML."),
}


@click.group(cls=LazyGroup, lazy=_VERBS)
def matrix() -> None:
    """Matrices: tables that show which codes are present in which cases. They are computed from the current codings.

    \b
    Example:
      sibtui matrix define --name trust --row "Trust=Trust before assessment"
      sibtui matrix show trust
      sibtui matrix evidence trust --cell "Trust:SIB A"
    """
