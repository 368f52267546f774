"""The codebook screen: the tree of codes, a code with its quotes, and the commands that change codes."""
