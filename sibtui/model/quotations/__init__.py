"""The check of the quotations in a draft: they are found by their marks, and compared with the texts of the sources."""
