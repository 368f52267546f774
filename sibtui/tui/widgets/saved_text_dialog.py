"""The base class of dialogs in which the user edits one text.

Leaving the dialog saves the text. If saving fails, the text is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from sibtui.tui.widgets.dialog import Dialog
from sibtui.tui.widgets.drafts import drafts_of
from sibtui.tui.widgets.multiline_field import MultilineField

if TYPE_CHECKING:
    from textual.binding import BindingType


class SavedTextDialog(Dialog[str | None]):
    """The base class of dialogs with a `MultilineField`. They close with the text, or with None if it is unchanged."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # without priority, because the key would overtake the characters typed before it
        Binding("escape", "leave", "save and close"),
        Binding("ctrl+s", "save", "save and close"),
    ]

    def __init__(self, title: str, text: str, refused: str) -> None:
        """Open the dialog with a text. `refused` is the reason why this text could not be saved, or empty."""
        super().__init__()
        self._title = title
        self._text = text
        self._refused = refused

    def focus_text(self) -> None:
        """Set the focus to the text field, and the cursor to the end of its text.

        A draft is a text that the user left in this dialog without saving it. The field shows the draft, unless the
        dialog opens again because saving has failed.
        """
        area = self.query_one(MultilineField)
        draft = drafts_of(self.app).pop(self._title, "")
        if draft and not self._refused:
            area.load_text(draft)
        area.move_cursor(area.document.end)
        self.set_focus(area)

    @property
    def _gives_up(self) -> bool:
        """Whether leaving the dialog keeps the text as a draft instead of saving it.

        This is True if saving the text has failed before.
        """
        return bool(self._refused)

    def action_leave(self) -> None:
        if self._gives_up:
            self.keep_draft()
            self.dismiss(None)
        else:
            self.action_save()

    def keep_draft(self) -> None:
        """Keep the text of the field as a draft until the dialog opens again. If `edited_text` is None, do nothing."""
        if self.edited_text is not None:
            drafts_of(self.app)[self._title] = self.query_one(MultilineField).text

    def action_save(self) -> None:
        self.dismiss(self.edited_text)

    @property
    def edited_text(self) -> str | None:
        """The text to save; None if there is nothing to save.

        An unchanged text is saved only if saving it has failed before.
        """
        text = self.query_one(MultilineField).edited_from(self._text)
        return None if text == self._text and not self._refused else text
