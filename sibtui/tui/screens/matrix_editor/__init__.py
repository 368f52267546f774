"""The table editor. It has a form, a preview of the table, and dialogs that change parts of the table."""
