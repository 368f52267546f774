"""The cases screen, one module per pane."""
