"""Help with papers about a study: checking claims and quotations, and filling figures into texts."""
