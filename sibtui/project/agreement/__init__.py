"""The comparison of coders: the sources that each of them has read, and the passages that each has coded."""
