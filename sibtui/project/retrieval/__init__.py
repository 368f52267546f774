"""Questions about the codings and texts of a study: queries, searches, and the counts for reports."""
