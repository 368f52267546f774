"""Functions that turn values into the lines and rows of screens.

The functions use neither the state of a widget nor the study file.
"""
