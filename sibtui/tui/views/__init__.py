"""Lines and rows of the screens, made of values. No module in this package knows a widget's state or the study file."""
