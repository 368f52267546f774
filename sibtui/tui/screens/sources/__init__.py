"""The sources screen. Each pane has its own module."""
