"""The screens: the only part of the screen's code that talks to the study."""
