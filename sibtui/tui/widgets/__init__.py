"""Widgets. They receive values and send messages. No widget reads or changes the study."""
