"""Pictures as files (SVG, PNG, PDF) and as text for the terminal."""
