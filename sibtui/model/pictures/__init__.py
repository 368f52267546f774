"""Pictures of tables: heat maps, saturation curves, charts of rows, and document portraits.

They do not depend on a file format.
"""
