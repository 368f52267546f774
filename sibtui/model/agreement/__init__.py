"""Agreement between coders: coefficients (such as Krippendorff's alpha), their confidence intervals, and reports.

The coders are compared on units, which are parts of a text, such as sentences.
"""
