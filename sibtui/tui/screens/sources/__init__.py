"""The sources screen, one module per pane."""
