"""The check of the quotations in a draft: quotations are found by quotation marks, and compared with the sources."""
