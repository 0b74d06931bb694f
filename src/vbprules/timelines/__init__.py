"""Timelines: what changes when, and why, from one day on which something can change to the next."""
