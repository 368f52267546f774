"""Commands of the import dialog, which shows a preview of notes before they are imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.commands import Command

if TYPE_CHECKING:
    from sibtui.tui.commands import CommandCall

_COME, _ALL, _ONE, _TABLE = (
    "Bringing notes in", "Options for the marked sources, or for all", "The source under the cursor", "A table of codings, a codebook",
)  # fmt: skip


def _in(
    name: str, keys: str, label: str, title: str, text: str, group: str, hint: int = 0, *, run: CommandCall
) -> Command:
    return Command(f"incoming.{name}", tuple(keys.split()), label, title, text, "incoming", group, hint, run=run)


COMMANDS = (
    _in("bring", "enter", "bring in", "Bring them in", "Bring in everything listed with + or ?, as one change ({study.undo} undoes it).", _COME, 10, run=lambda screen: screen.bring()),
    _in("path", "slash tab shift+tab", "path", "To the path", "Go back to the path.", _COME, 60, run=lambda screen: screen.set_focus(screen.field)),
    _in("help", "question_mark f1", "help", "Show the keys", "Show this list.", _COME, 92, run=lambda screen: screen.show_help()),
    Command("incoming.palette", ("ctrl+p",), "commands", "Find a command by its name", "Find a command of this box by its name.", "incoming", _COME, unlisted="the palette is open already", run=lambda screen: screen.app.action_command_palette()),
    _in("close", "escape q", "close", "Close", "Close the dialog without a change.", _COME, 95, run=lambda screen: screen.dismiss(None)),
    _in("mark", "space", "mark", "Mark the source, or remove its mark", "Mark a source: the options then change only the marked sources.", _ALL, 20, run=lambda screen: screen.changes.mark()),
    _in("mark_all", "a", "mark all", "Mark all sources, or none", "Mark all sources, or remove all marks.", _ALL, run=lambda screen: screen.changes.mark_all()),
    _in("case", "c", "case", "Case …", "Write the cases of the sources; new cases are added.", _ALL, run=lambda screen: screen.changes.for_sources(screen.dialogs.ask_cases)),
    _in("kind", "t", "kind", "Kind", "Choose the next kind: interviews, documents …, or as the files have it.", _ALL, run=lambda screen: screen.changes.turn_kind()),
    _in("fidelity", "f", "notes or verbatim", "Notes, or word for word", "Choose paraphrasing notes, verbatim texts, or as the files have it.", _ALL, run=lambda screen: screen.changes.turn_fidelity()),
    _in("encoding", "e", "encoding", "Encoding …", "Write the encoding of plain text files.", _ALL, run=lambda screen: screen.changes.for_sources(screen.dialogs.ask_encoding)),
    _in("language", "l", "language", "Language …", "The language of the sources, such as de (empty: that of the study, or else a guess).", _ALL, run=lambda screen: screen.changes.for_sources(screen.dialogs.ask_language)),
    _in("speakers", "s", "speakers", "Recognise who speaks, or not", "Store the speakers as attributes: people, participants.", _ALL, run=lambda screen: screen.changes.toggle_speakers()),
    _in("speaker_pattern", "p", "pattern for speakers", "Pattern for speakers …", "A regular expression for the label of a speaker, with a group (?P<speaker>…) around the name.", _ALL, run=lambda screen: screen.changes.for_sources(screen.dialogs.ask_speaker_pattern)),
    _in("options", "m", "more options", "More options …", "Comments, interviewers, subtitles and columns of surveys; for a table of codings its columns and more.", _ALL, 30, run=lambda screen: screen.dialogs.ask_options()),
    _in("leave_out", "d", "leave out", "Leave the source out, or include it", "Leave the source under the cursor, or the marked ones, out, or include them again.", _ONE, 50, run=lambda screen: screen.changes.leave_out()),
    _in("rename", "r", "rename", "Rename the source …", "Give the source under the cursor another name in the study.", _ONE, 55, run=lambda screen: screen.dialogs.ask_name()),
    _in("codings", "b", "codings or notes", "Read the table as codings, or as notes", "Read a single table as codings, or as a survey with one source per row.", _TABLE, 25, run=lambda screen: screen.changes.toggle_codings()),
    _in("new_codes", "n", "missing codes", "Add missing codes, or not", "For a table of codings: add the codes that the codebook lacks.", _TABLE, 20, run=lambda screen: screen.changes.toggle_new_codes()),
    _in("update", "o", "take over", "Change codes or codings that differ, or leave them", "Take over the fields of codes or codings that differ, or leave them unchanged.", _TABLE, run=lambda screen: screen.changes.toggle_update()),
)  # fmt: skip
