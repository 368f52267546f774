"""Help with papers about a study: checking claims and quotations, and filling numbers and tables into manuscripts."""
