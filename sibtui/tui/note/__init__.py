"""The note on the screen: its rows, its sentences, what is selected, the codings on it. All but `widget` is free of Textual."""
