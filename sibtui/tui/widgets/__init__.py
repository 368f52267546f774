"""Widgets that take values and tell what happened to them; none of them knows a study."""
