"""The state and actions of a coding session, without a screen: the open source, the selection, changes of the study."""
