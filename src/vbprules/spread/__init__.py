"""Batches distributed on an engine that is there already: packed facts, a kernel for them, and two ways to run it."""
