"""What a case asserts besides single outcomes: one module for each block, one table of them all."""
