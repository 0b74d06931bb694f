"""The same four rules over the same rows, written by hand and in other engines: how fast, and how right."""
