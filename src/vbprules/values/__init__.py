"""Exact values: ranges, values under readings, figures with their unit."""
