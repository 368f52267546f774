"""The cases screen. Each of its panes has its own module."""
