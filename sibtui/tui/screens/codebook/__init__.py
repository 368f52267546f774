"""The codebook screen: the tree of codes, one code with its quotes, and the commands that change them."""
