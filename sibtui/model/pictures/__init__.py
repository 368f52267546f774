"""Pictures of tables: heat maps, saturation curves, charts of rows, and document portraits.

These pictures do not depend on a file format.
"""
