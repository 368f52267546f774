"""The study file: SQLite, its migrations, its history, and one module a noun. Nothing else touches SQL."""
