"""Names of people: the search for names, their replacement by pseudonyms, and their erasure from older texts."""
