"""The cases screen. Each pane has its own module."""
