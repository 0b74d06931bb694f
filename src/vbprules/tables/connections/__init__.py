"""Databases opened for reading only, and their tables as frames with exact values: one module a product."""
