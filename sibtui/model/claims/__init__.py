"""Claims of a paper about its tables: their language, their verdicts, and the search for them in a draft."""
