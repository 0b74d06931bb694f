"""Decisions for many institutions: from tables to tables."""
