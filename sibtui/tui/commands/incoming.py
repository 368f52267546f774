"""Commands of the import dialog, which previews notes before they come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.commands import Command

if TYPE_CHECKING:
    from sibtui.tui.commands import CommandCall

_COME, _ALL, _ONE = "Bringing notes in", "Options for all of them", "The file under the cursor"


def _in(
    name: str, keys: str, label: str, title: str, text: str, group: str, hint: int = 0, run: CommandCall | None = None
) -> Command:
    return Command(f"incoming.{name}", tuple(keys.split()), label, title, text, "incoming", group, hint, run=run)


COMMANDS = (
    _in("bring", "enter", "bring in", "Bring them in", "Bring in all files listed with + or ?, as one change ({study.undo} takes it back).", _COME, 10),
    _in("path", "slash tab shift+tab", "path", "To the path", "Go back to the path.", _COME, 60, run=lambda screen: screen.set_focus(screen.field)),
    _in("help", "question_mark f1", "help", "Show the keys", "Show this list.", _COME, 92),
    Command("incoming.palette", ("ctrl+p",), "commands", "Find a command by its name", "Find a command of this box by its name.", "incoming", _COME, unlisted="the palette is open already", run=lambda screen: screen.app.action_command_palette()),
    _in("close", "escape q", "close", "Close", "Close the dialog without a change.", _COME, 95, run=lambda screen: screen.dismiss(None)),
    _in("case", "c", "case", "Case …", "The cases of the sources; new ones are made.", _ALL),
    _in("kind", "t", "kind", "Kind", "Interviews, documents …: the next kind, or as the files have it.", _ALL),
    _in("fidelity", "f", "notes or verbatim", "Notes, or word for word", "Paraphrasing notes, word for word, or as the files have it.", _ALL),
    _in("encoding", "e", "encoding", "Encoding …", "The encoding of plain text.", _ALL),
    _in("language", "l", "language", "Language …", "The language of the sources, such as de (empty: that of the study, or else a guess).", _ALL),
    _in("speakers", "s", "speakers", "Recognise who speaks, or not", "Store the speakers as attributes: people, participants.", _ALL),
    _in("speaker_pattern", "S", "pattern for speakers", "Pattern for speakers …", "A regular expression for the label of a speaker, with a group (?P<speaker>…) around the name.", _ALL),
    _in("update", "o", "take over", "Change codes that differ, or leave them", "For a codebook: take over the fields of codes that differ, or leave them unchanged.", _ALL),
    _in("leave_out", "space d", "leave out", "Leave the file out, or include it", "Leave the file under the cursor out, or include it again.", _ONE, 50),
    _in("rename", "r", "rename", "Rename the source …", "Give the source under the cursor another name in the study.", _ONE, 55),
)  # fmt: skip
