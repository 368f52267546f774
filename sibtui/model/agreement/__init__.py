"""Agreement between coders: units, coefficients, intervals and the rows of a report."""
