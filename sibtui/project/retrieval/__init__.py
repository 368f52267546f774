"""Questions about the codings of a study: which codes occur together."""
