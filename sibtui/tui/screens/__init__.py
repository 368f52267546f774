"""The screens. Only they read and change the study; other modules of the package take values."""
