"""The matrix screen: one table with a cursor, and the dialogs about whole tables."""
