"""Commands of the box in which notes are looked at before they come in."""

from __future__ import annotations

from sibtui.tui.commands import Command

_COME, _ALL, _ONE = "Bringing notes in", "What is said of all of them", "The one here"


def _in(name: str, keys: str, label: str, title: str, text: str, group: str, hint: int = 0) -> Command:
    return Command(f"incoming.{name}", tuple(keys.split()), label, title, text, "incoming", group, hint)


COMMANDS = (
    _in("bring", "enter", "bring in", "Bring them in", "Bring in all that is listed with + or ?, as one change (u takes it back).", _COME, 10),
    _in("path", "slash tab shift+tab", "path", "To the path", "Go back to the path above.", _COME, 60),
    _in("help", "question_mark f1", "help", "Show the keys", "Show this list.", _COME, 92),
    Command("incoming.palette", ("ctrl+p",), "commands", "Find a command by its name", "Find a command of this box by its name.", "incoming", _COME, unlisted="it is what is open already"),
    _in("close", "escape q", "close", "Close", "Close the box; nothing comes in.", _COME, 95),
    _in("case", "c", "case", "Case …", "The cases that they touch; new ones are made.", _ALL),
    _in("kind", "t", "kind", "Kind", "Interviews, documents …: the next kind, or as the files have it.", _ALL),
    _in("fidelity", "f", "notes or verbatim", "Notes, or word for word", "Paraphrasing notes, word for word, or as the files have it.", _ALL),
    _in("encoding", "e", "encoding", "Encoding …", "How the bytes of plain text are to be taken.", _ALL),
    _in("speakers", "s", "speakers", "Recognise who speaks, or not", "Keep who speaks as attributes: people, participants.", _ALL),
    _in("leave_out", "space d", "leave out", "Leave it out, or take it in", "Leave the one here out, or take it in again.", _ONE, 50),
    _in("rename", "r", "rename", "Rename it …", "Give the one here another name in the study.", _ONE, 55),
)  # fmt: skip
