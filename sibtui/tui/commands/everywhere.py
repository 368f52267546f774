"""Commands that work on every screen."""

from __future__ import annotations

from sibtui.tui.commands import Command

_GO = "Screens"

COMMANDS = (
    Command("go.coding", ("escape",), "back to the note", "Back to the note", "Go back to the note.", "everywhere", _GO),
    Command("go.codebook", ("f2",), "codebook", "Open the codebook", "See and edit the codebook.", "everywhere", _GO, 57),
    Command("go.matrix", ("f3",), "matrix", "Open a matrix", "See the tables that come from the codings.", "everywhere", _GO, 58),
    Command("go.evidence", ("f4",), "quotes", "List quotes", "List quotes by code, case, source, and change them there.", "everywhere", _GO),
    Command("go.search", ("f5",), "search all", "Search in all notes", "Find words in every note.", "everywhere", _GO),
    Command("go.queue", ("f6",), "unattributed", "Attribute codings to cases", "Give each coding that waits for its case one.", "everywhere", _GO),
    Command("go.history", ("f7",), "history", "Show what was done", "See every change, and undo back to one.", "everywhere", _GO),
    Command("go.overview", ("f8",), "overview", "Show the overview", "Progress, counts, unread sources, what waits to be done.", "everywhere", _GO),
    Command("sources.add", ("plus",), "bring notes in", "Bring notes in …", "Bring in files and folders of notes, or a codebook.", "everywhere", "Study"),
    Command("study.export", ("ctrl+e",), "export", "Export …", "Write the codings, the codebook, the evidence, a report or all of the study to a file.", "everywhere", "Study"),
    Command("study.undo", ("u", "ctrl+z"), "undo", "Undo", "Take the newest change back.", "everywhere", "Study", 91),
    Command("study.redo", ("U", "ctrl+y", "ctrl+r"), "redo", "Redo", "Do again what was undone.", "everywhere", "Study"),
    Command("app.help", ("question_mark", "f1"), "help", "Show all keys of this place", "Show this list.", "everywhere", "Study", 92, on="app"),
    Command("app.palette", ("ctrl+p", "colon"), "commands", "Find a command by its name", "Find any command by its name.", "everywhere", "Study", on="app", unlisted="it is what is open already"),
    Command("app.theme", (), "theme", "Change the colours", "Choose among light, dark and plain colours.", "everywhere", "Study", on="app"),
    Command("app.leave", ("q",), "leave", "Leave", "From another screen back to the note, from there out; all is saved already.", "everywhere", "Study", 95, on="app"),
)  # fmt: skip
