"""The table editor: a form, a preview of the table beside it, and the dialogs for the parts of the table."""
