"""A policy against the words it cites, and against the text of the document."""
