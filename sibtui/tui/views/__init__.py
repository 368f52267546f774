"""Functions that turn values into lines and list rows for the screens.

The functions use neither the state of a widget nor the study file.
"""
