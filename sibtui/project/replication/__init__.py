"""Replication packages: folders with which reviewers can check the tables of a study."""
