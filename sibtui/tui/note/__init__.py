"""The note on the screen: its rows, its selection, and the codings in its margin."""
