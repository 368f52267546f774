"""Pictures of tables: heat maps, saturation curves, charts of rows, and document portraits, as values without a format."""
