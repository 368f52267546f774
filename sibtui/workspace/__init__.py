"""The state of a coding session without a screen: the open source, the selection, and the actions on the study."""
