"""The index that version 5 of a study file adds: images (recorded states of rows) by table and row."""

from __future__ import annotations

IMAGES_BY_ROW = "CREATE INDEX images_by_row ON images (tbl, row) WHERE image IS NOT NULL"
"""The SQL that creates the index of images (recorded states of rows) by table and row.

The index is used to list the changes of an act. The images of inserted rows hold no values, and are not in the index.
"""
