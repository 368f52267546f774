"""Claims: statements of a paper that are checked against the matrices and counts of the study.

The package has the language of claims, the check, and the search for possible claims in the draft of a paper.
"""
