"""Lines and rows of the screens, made from values.

No module in this package knows the state of a widget or the study file.
"""
