"""Widgets. They take values and send messages, and no widget knows a study."""
