"""Names of people in a study: finding them in texts, replacing them by pseudonyms, and erasing them from older texts."""
