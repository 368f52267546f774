"""What lies on the researcher's desk, without any screen: the note that is open, what is selected, and what is done to it."""
