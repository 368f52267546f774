"""Functions that turn values into the lines and rows of screens.

They know neither the state of a widget nor the study file.
"""
