"""Coverage of the law: what of a policy its cases reach, and what they leave unproved."""
