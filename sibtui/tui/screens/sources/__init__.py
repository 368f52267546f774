"""The sources screen. Each of its panes has its own module."""
