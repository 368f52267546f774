"""Advice on the command line after an error: which option or command to use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from sibtui.model.messages import with_advice

if TYPE_CHECKING:
    from sibtui.errors import SibtuiError

HINTS = {
    "add-case": "`sibtui source set` can add a case to it",
    "add-readings": "`sibtui reading add` records who has read a source, with --coder",
    "add-sources": "`sibtui source add` brings them in",
    "attribute-coding": "`sibtui coding attribute` gives it a case",
    "because": "give it with --because",
    "check": "`sibtui check` lists the damage",
    "choose-code": "an empty line asks for one",
    "coarser-values": "give a coarser value, such as a month for a day, with `sibtui source set`, or leave the attribute out",
    "code-key": "`sibtui code set` gives it one, with --key",
    "end-round": "`sibtui round end` ends it",
    "erase-originals": "a copy of the study file has it, exports have not; `sibtui pseudonym apply --erase-originals` erases it",
    "encoding": "name the encoding, for example with --encoding cp1252",
    "despite-findings": "`sibtui check --confidential --exports-only` lists them, and --despite-findings writes it all the same",
    "decide-place": "`sibtui coding review` lists these codings, `sibtui coding accept` places them",
    "import-codebook": "`sibtui code import` reads it; to read it as a survey, name the columns of answers with --text-column",
    "import-codings": "`sibtui coding import` reads it; to read it as a survey, name the columns of answers with --text-column",
    "fit-value": "leave this value out of the file, or change the query with `sibtui query save NAME QUERY --force`",
    "give-text": "`sibtui source set` gives it one, with --text",
    "decide-again": "`sibtui coding decide` decides a line of `sibtui report disagreements` on the present codings",
    "exclude-source": "`sibtui matrix show` with --exclude shows a table without one of them",
    "judge-again": "`sibtui matrix judge` records a verdict on the present evidence",
    "list-backups": "`sibtui backup list` lists them",
    "key-permission": "`chmod 600 FILE` does it",
    "list-codings": "`sibtui coding list` shows their numbers",
    "list-disagreements": "`sibtui report disagreements` shows their numbers",
    "list-history": "`sibtui history list` shows their numbers",
    "list-memos": "`sibtui memo list` shows their numbers",
    "list-proposals": "`sibtui code proposals` shows their numbers",
    "list-rounds": "`sibtui round list` shows all rounds",
    "list-rows": "`sibtui matrix export` writes the definition; without rows_from in it, the rows are a list",
    "merge-names": "`sibtui case merge` and `sibtui code merge` join them",
    "move-edges": "first move the start or the end of the selection, then type r",
    "write-again": "`sibtui summary set` writes it on the present quotes, `sibtui summary show` lists what changed",
    "write-summary": "`sibtui summary set` writes one",
    "name-columns": "--source-column, --code-column and --quote-column name them",
    "name-column": "--name-column names the rows of a table",
    "name-source": "give it one with --name",
    "new-case": "`sibtui case add` adds it",
    "new-codes": "--new-codes adds it",
    "new-study": "`sibtui new` makes one",
    "next-coding": "] goes to the next one",
    "number-quote": "the column nth chooses one by its number",
    "nth": "choose one with --nth",
    "older-copy": "`sibtui restore` goes back to a backup from before the damage (`sibtui backup list`); without one, `sibtui salvage` saves the readable rows",
    "one-coder": "`sibtui coding set` gives a coding another coder, with --coder; `sibtui reading add` and `reading remove` move readings",
    "open-study": "`sibtui open` opens it",
    "other-case": "`sibtui coding set` gives the coding another case, `sibtui source set` the source this one",
    "other-columns": "`sibtui matrix define` saves it with other columns",
    "other-copy": "only a backup (`sibtui backup list`) or a copy elsewhere has the study",
    "overwrite": "choose another name, or give --force to overwrite it",
    "other-note": "`sibtui matrix set` changes a note",
    "pin-code": "p pins the code used last to the next free digit",
    "private-names": '`sibtui case set` removes it, with --private-name ""',
    "read-as-survey": "to read it as a survey, name the columns of answers with --text-column",
    "record-reading": "`sibtui reading add` records that it was read again",
    "remove-memo": "`sibtui memo remove` removes it",
    "rename-items": "`sibtui source set`, `sibtui matrix define` and `sibtui attribute set` give another name",
    "rename-source": "rename one of them, or give this one another name with --name",
    "replace-claim": "--force replaces it",
    "replace-names": "`sibtui pseudonym apply` replaces the names of the key, with --small-letters those in small letters too; `sibtui pseudonym add` adds one",
    "replace-query": "--force replaces it",
    "change-queries": "`sibtui query save NAME QUERY --force` changes such a query, `sibtui query remove` removes it",
    "change-rows": "`sibtui matrix set` with --remove-row, --codes or --row-query changes them",
    "repair-claim": "`sibtui claim add ID TEXT --force` changes it, `sibtui claim remove` removes it",
    "repair-query": "`sibtui query save NAME QUERY --force` changes it, `sibtui query remove` removes it",
    "repair-row": "`sibtui query save NAME QUERY --force` changes the query, `sibtui matrix set` with --remove-row, --codes or --row-query the row",
    "restore-code": "`sibtui code restore` restores it",
    "retired-codings": "`sibtui code merge` moves its codings to another code, `sibtui code restore` brings it back",
    "save-matrix": "`sibtui matrix define` saves one",
    "set-cases": "give them other cases first, with `sibtui coding set` and --case",
    "set-attribute": "`sibtui case set` and `sibtui source set` change a value, with --attribute",
    "settle-dispute": "`sibtui coding decide` settles what `sibtui report disagreements` lists, `sibtui coding set` changes the stance of a coding",
    "study-from": "`sibtui new STUDY --from` reads it",
    "take-side-in-git": "`git show :3:PATH > theirs.sibtui` writes the other version, `sibtui study merge theirs.sibtui --take ask` asks for each conflict",
    "take-side": "--take mine or --take theirs settles them, --take ask asks for each one",
    "unpin-code": "p on a pinned code removes its pin",
    "update-codings": "--update changes codings that differ",
    "split-codes": "--split reads several codes in one cell",
    "wide-table": "--wide reads one column per code",
}
"""A dict: hint → its advice, as a clause.

The keys that the advice names are those of `sibtui code --linear`, which the user's key map does not change.
"""


def worded(error: SibtuiError) -> str:
    """Return the message of an error, followed by advice on what to do."""
    return with_hint(str(error), error.hint)


def with_hint(facts: str, hint: str) -> str:
    """Return a message, followed by advice on what to do. `hint` is the key of the advice in `HINTS`.

    If the current command does not have the options that the advice names, return the message alone.
    """
    return with_advice(facts, advice_of(hint))


def advice_of(hint: str) -> str:
    """Return the advice for a hint. `hint` is a key of `HINTS`.

    If the current command does not have the options that the advice names, return an empty text.
    """
    advice = HINTS.get(hint, "")
    return advice if _can_follow(advice) else ""


def _can_follow(advice: str) -> bool:
    """Return whether the current command has the options that the advice names.

    Options inside backticks belong to another command, and are not checked.
    """
    context = click.get_current_context(silent=True)
    options = set(_OPTION.findall(_COMMAND.sub("", advice)))
    if context is None or not options or _COMMAND.search(advice):
        return True
    return options <= {option for parameter in context.command.params for option in parameter.opts}


_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
_COMMAND = re.compile(r"`[^`]*`")
