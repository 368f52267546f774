"""The study file: SQLite, its migrations, its history, and one module per noun. No other package uses SQL."""
