"""The rules of the analysis, as pure functions and values. They use no file, no database and no screen."""
