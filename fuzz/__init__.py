"""Fuzzing of everything that reads what strangers wrote. How to run it: README.md."""
