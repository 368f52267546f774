"""Agreement between coders: the units that are compared, coefficients of agreement, their intervals, and the rows of a report."""
