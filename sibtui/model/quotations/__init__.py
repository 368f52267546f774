"""Quotations of a manuscript: finding them in the draft, and comparing them with the texts of the sources."""
