"""The coding workspace without a screen: the open source, the selection, and the actions on them."""
