"""Hints: the advice that follows a message on the screen.

A user can give other keys to commands. So the advice always shows the current keys. The argument `keymap` is a map:
id of a command → the keys that the user has given to this command.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sibtui.model.messages import with_advice
from sibtui.tui.commands import by_id
from sibtui.tui.commands.keys import key_label, keys_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import App

    from sibtui.errors import SibtuiError
    from sibtui.model.messages import Message

HINTS = {
    "add-case": "{source.cases} in the note adds a case to its source",
    "add-readings": "{source.read} in the note marks it as read, for each coder",
    "add-sources": "{sources.add} brings them in",
    "attribute-coding": "{go.queue} goes through them",
    "check": "`sibtui check` lists the damage",
    "choose-code": "{coding.pick} chooses one",
    "code-key": "the codebook ({go.codebook}) gives it one",
    "code-note": "{go.coding}, and code a note",
    "complete-case": f"{key_label('tab')} completes it",
    "empty-cell": "{go.coding} goes back to the table, {quotes.all} lists all quotes",
    "end-round": "{study.set} shows the box of the study, which ends it",
    "encoding": "{incoming.encoding} chooses one",
    "encoding-guess": "if its accents look wrong, {incoming.encoding} chooses another",
    "despite-findings": "{pseudonym.traces} on the screen of pseudonyms ({go.pseudonyms}) lists them; the export has a line that writes it all the same",
    "decide-place": "{go.review} goes through these codings",
    "import-codebook": "write its path alone, and its codes come in",
    "import-codings": "`sibtui coding import` reads it",
    "fit-value": "leave this value out of the file, or change the query with `sibtui query save NAME QUERY --force`",
    "give-text": "{source.correct} on the sources screen ({go.sources}) gives it one",
    "decide-again": "{quotes.disagreements} on the quotes ({go.evidence}) decides it on the present codings",
    "exclude-source": "`sibtui matrix show` with --exclude shows a table without one of them",
    "judge-again": "{cell.judge} in the matrix ({go.matrix}) records a verdict on the present evidence",
    "list-backups": "`sibtui backup list` lists them",
    "list-proposals": "{code.proposals} in the codebook ({go.codebook}) lists the open ones",
    "list-rounds": "`sibtui round list` shows all rounds",
    "list-rows": "{table.change} on the line “Rows” makes them a list of its own",
    "merge-names": "{code.merge} in the codebook ({go.codebook}) joins codes, and {case.merge} on the cases screen ({go.cases}) joins cases",
    "move-edges": "first move the start or the end of the selection, then press {coding.respan}",
    "name-columns": "{incoming.options} names them",
    "name-source": "{incoming.rename} gives it one",
    "new-case": "{case.add} on the cases screen ({go.cases}) adds it",
    "new-codes": "{incoming.new_codes} adds it",
    "narrowed-table": "{matrix.narrow} chooses the evidence that counts",
    "new-study": "{welcome.new} in the welcome makes one",
    "next-coding": "{move.next_coding} goes to the next one",
    "notes-folder": "{welcome.new} makes a study, and {sources.add} there brings these notes in",
    "one-coder": "`sibtui coding set` gives a coding another coder, `sibtui reading add` and `reading remove` move readings",
    "open-study": "{welcome.open} in the welcome (plain `sibtui`) opens it",
    "number-quote": "the column nth of the review file chooses one by its number",
    "older-copy": "`sibtui restore` goes back to a backup from before the damage (`sibtui backup list`); without one, `sibtui salvage` saves the readable rows",
    "other-case": "{coding.case} in the note gives the coding another case, {source.cases} the source this one",
    "other-columns": "{matrix.columns} chooses others",
    "other-copy": "only a backup (`sibtui backup list`) or a copy elsewhere has the study",
    "other-note": "{table.note} in the editor of the table changes it",
    "pin-code": "{coding.pin} pins the code used last to the next free digit",
    "queue": "{go.queue} goes through them",
    "quotes-filter": "{quotes.filter} changes it, {quotes.all} removes it",
    "quotes-query": "{quotes.query} changes it, {quotes.all} removes it",
    "read-as-survey": "{incoming.options} names the columns of answers, to read it as a survey",
    "rename-items": "{source.rename} on the sources screen ({go.sources}), {source.attributes} there for attributes, and `sibtui matrix define` give another name",
    "rename-source": "{incoming.rename} gives this one another name",
    "change-queries": "`sibtui query save NAME QUERY --force` changes such a query, `sibtui query remove` removes it",
    "change-rows": "`sibtui matrix set` with --remove-row, --codes or --row-query changes them",
    "repair-claim": "`sibtui claim add ID TEXT --force` changes it, `sibtui claim remove` removes it",
    "repair-query": "`sibtui query save NAME QUERY --force` changes it, `sibtui query remove` removes it",
    "repair-row": "`sibtui query save NAME QUERY --force` changes the query, `sibtui matrix set` with --remove-row, --codes or --row-query the row",
    "restore-code": "{code.retire} in the codebook ({go.codebook}) restores it",
    "retired-codings": "{code.merge} in the codebook ({go.codebook}) moves its codings, {code.retire} brings it back",
    "review-codings": "`sibtui new --from` can take these (--accept), or write them to a file for correction (--review)",
    "save-matrix": "{go.matrix} shows one made on the spot, and {matrix.save} saves it",
    "save-table": "{matrix.save} saves this one",
    "set-cases": "{coding.case} in the note gives them other cases",
    "set-attribute": "{source.attribute} on the sources screen ({go.sources}) and {case.attribute} on the cases screen ({go.cases}) change a value",
    "settle-dispute": "{quotes.disagreements} on the quotes ({go.evidence}) decides it, {coding.stance} in the note changes a stance",
    "split-codes": "{incoming.options} sets the text between several codes in a cell",
    "study-from": "`sibtui new STUDY --from` reads it, and so does {welcome.from} in the welcome (plain `sibtui`)",
    "unpin-code": "{coding.pin} on a pinned code removes its pin",
    "update-codings": "{incoming.update} changes them",
    "wide-table": "{incoming.options} reads one column per code",
}
"""A dict: id of a hint → its advice, as a clause.

An id of a command in braces is replaced by the key of this command.
"""

_COMMAND = re.compile(r"\{([a-z]+\.[a-z_]+)\}")


def current_key(command: str, keymap: Mapping[str, str]) -> str:
    """Return the label of the first key that runs a command. `command` is the id of the command."""
    return key_label(keys_of(by_id(command), keymap)[0])


def key_in_field(command: str, keymap: Mapping[str, str]) -> str:
    """Return the label of a key that runs a command even in a text field: ctrl and a letter, or a function key.

    Other keys would type a character there. If the command has no such key, return the label of its first key.
    """
    keys = keys_of(by_id(command), keymap)
    return key_label(next((key for key in keys if "+" in key or (key[:1] == "f" and key[1:].isdigit())), keys[0]))


def with_keys(text: str, keymap: Mapping[str, str]) -> str:
    """Return the text with a key in place of each command id in braces, such as “{go.queue}”.

    The key is the first key that runs the command.
    """
    return _COMMAND.sub(lambda match: current_key(match[1], keymap), text)


def keymap_of(app: App[object]) -> Mapping[str, str]:
    """Return a map: id of a command → the keys that the user has given to it. Empty for an app without a study."""
    keymap: Mapping[str, str] = getattr(app, "changed_keys", {})
    return keymap


def worded(message: Message | SibtuiError, keymap: Mapping[str, str]) -> str:
    """Return the text of a message or an error. If there is advice on what to do, it follows the text."""
    facts = message.facts if isinstance(message, tuple) else str(message)
    return with_hint(facts, message.hint, keymap)


def with_hint(facts: str, hint: str, keymap: Mapping[str, str]) -> str:
    """Return the message `facts`, followed by advice. `hint` is the id of the advice.

    If there is no advice with this id, return only the message.
    """
    return with_advice(facts, with_keys(HINTS.get(hint, ""), keymap))
