"""Exchange with other programs, if they are installed. `.ci/run` installs each in its own environment."""
