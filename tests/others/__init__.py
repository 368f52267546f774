"""What other programs themselves write and read, where they are installed: `.ci/run` installs them, each in an environment of its own."""
