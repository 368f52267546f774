"""Commands that work on every screen."""

from __future__ import annotations

from sibtui.tui.commands import Command

_GO = "Screens"


def _go(name: str, key: str, label: str, title: str, text: str, hint: int = 0) -> Command:
    return Command(
        f"go.{name}", (key,), label, title, text, "everywhere", _GO, hint, run=lambda screen: screen.go(name)
    )


COMMANDS = (
    Command("source.next", ("greater_than_sign", "ctrl+right"), "next", "Next source", "Open the next source, in the order of the sources pane.", "everywhere", _GO, 90, run=lambda screen: screen.go_to_source(1)),
    Command("source.previous", ("less_than_sign", "ctrl+left"), "note before", "Previous source", "Open the previous source.", "everywhere", _GO, run=lambda screen: screen.go_to_source(-1)),
    Command("go.coding", ("escape",), "back to the note", "Back to the note", "Go back to the note.", "everywhere", _GO, run=lambda screen: screen.go_back()),
    _go("codebook", "f2", "codes", "Open the codebook", "See and edit the codebook.", 57),
    _go("matrix", "f3", "tables", "Open a matrix", "See the tables made from the codings.", 58),
    _go("evidence", "f4", "quotes", "List quotes", "List and change quotes by code, case or source."),
    _go("search", "f5", "search all", "Search in all notes", "Find words in every note."),
    _go("queue", "f6", "unattributed", "Attribute codings to cases", "Choose the case of each coding without a case."),
    _go("history", "f7", "history", "Show the history", "See all changes, and undo back to any of them."),
    _go("overview", "f8", "overview", "Show the overview", "See progress, counts, unread sources and open tasks."),
    _go("sources", "f9", "sources", "Open the list of sources", "See and change the sources: names, kinds, cases, attributes, what was asked, order."),
    _go("review", "ctrl+g", "review", "Place codings in a corrected text", "Decide on the codings whose words are no longer in the corrected text."),
    _go("pseudonyms", "ctrl+l", "pseudonyms", "Find and replace the names of people", "See the key of pseudonyms and the places of names; replace them after a preview."),
    _go("cases", "f12", "cases", "Open the list of cases", "See and change the cases: names, letters, private names, attributes, order; merge them."),
    Command("sources.add", ("plus",), "bring notes in", "Bring notes in …", "Bring in files and folders of notes, a codebook, or a colleague's study.", "everywhere", "Study", run=lambda screen: screen.study_app.bring_in(screen)),
    Command("study.merge", (), "merge", "Merge a colleague's study …", "Write the path of a copy of this study, of its exported folder or of its .qdpx file, to merge it.", "everywhere", "Study", run=lambda screen: screen.study_app.bring_in(screen)),
    Command("study.set", ("ctrl+s",), "study", "The study: who is coding, name, description …", "Set who is coding, and the name, description and language of the study.", "everywhere", "Study", run=lambda screen: screen.study_app.set_study(screen)),
    Command("study.coder", (), "coder", "Who is coding …", "Set the name that new codings, memos and readings carry.", "everywhere", "Study", run=lambda screen: screen.study_app.set_coder(screen)),
    Command("round.start", (), "round", "Start a round of coding …", "Begin a second pass, blind or not, in all sources or some: new codings and readings belong to it.", "everywhere", "Study", run=lambda screen: screen.study_app.start_round(screen)),
    Command("round.end", (), "end the round", "End the round of coding", "End the open round: all codings are visible again.", "everywhere", "Study", run=lambda screen: screen.study_app.end_round(screen)),
    Command("study.export", ("ctrl+e",), "export", "Export …", "Write the codings, the codebook, the evidence, a report or all of the study to a file.", "everywhere", "Study", run=lambda screen: screen.study_app.export(screen)),
    Command("study.backup", (), "backup", "Make a backup of the study", "Make a verified copy of the study in the folder of its backups.", "everywhere", "Study", run=lambda screen: screen.study_app.back_up(screen)),
    Command("study.backups", (), "backups", "Backups: where they are", "List the backups of the study, and the folder with them.", "everywhere", "Study", run=lambda screen: screen.study_app.show_backups(screen)),
    Command("study.undo", ("u", "ctrl+z"), "undo", "Undo", "Undo the newest change.", "everywhere", "Study", 91, run=lambda screen: screen.undo()),
    Command("study.redo", ("U", "ctrl+y", "ctrl+r"), "redo", "Redo", "Redo the change that was undone last.", "everywhere", "Study", run=lambda screen: screen.redo()),
    Command("app.help", ("question_mark", "f1"), "help", "Show all keys of this screen", "Show this list.", "everywhere", "Study", 92, on="app", run=lambda app: app.show_help()),
    Command("app.palette", ("ctrl+p", "colon"), "commands", "Find a command by its name", "Find any command by its name.", "everywhere", "Study", on="app", run=lambda app: app.action_command_palette(), unlisted="the palette is open already"),
    Command("app.theme", (), "theme", "Change the colours", "Choose among light, dark and plain colours.", "everywhere", "Study", on="app", run=lambda app: app.action_change_theme()),
    Command("app.leave", ("q",), "leave", "Leave", "Go back by one step; in the note, leave the program: each change is saved when it is made.", "everywhere", "Study", 95, on="app", run=lambda app: app.leave()),
)  # fmt: skip
