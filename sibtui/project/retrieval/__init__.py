"""Questions about the codings and texts of a study: queries, searches, and what the reports count."""
