"""A language server for policy files: what stands where, in the words of the protocol of editors."""
