"""Mutation of a policy: one thing is changed at a time, to see whether the cases notice."""
