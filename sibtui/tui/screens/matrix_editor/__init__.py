"""The editor of a table: its form, a preview of the table beside it, and the dialogs for its parts."""
