"""The screen of tables: one table with a cursor, and the dialogs about whole tables."""
