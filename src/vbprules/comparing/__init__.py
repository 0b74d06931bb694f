"""What policies say in law: summed up norm by norm, two of them diffed, any number side by side."""
