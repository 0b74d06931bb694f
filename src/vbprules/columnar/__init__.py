"""Every institution at once: the program of a policy evaluated on columns, with the interpreter's results."""
