"""The study file: SQLite, migrations, the history, and one module per noun. No other package uses SQL."""
