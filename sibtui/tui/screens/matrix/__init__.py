"""The matrix screen, which shows one table with a cursor, and the dialogs about whole tables."""
