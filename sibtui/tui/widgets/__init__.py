"""Widgets: they take values and emit messages, and none of them knows a study."""
