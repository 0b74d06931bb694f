"""Printing: decisions and policies as pages for people, on a terminal or as Markdown."""
