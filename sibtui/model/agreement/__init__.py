"""Agreement between coders: the compared units (such as sentences), the coefficients with their intervals, and the rows of a report."""
