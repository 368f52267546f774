"""The screens. Only screens read and change the study. Widgets, and the functions that make lines, receive values."""
