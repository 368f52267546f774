"""The screens. Only screens read and change the study; the widgets and views below them receive values."""
