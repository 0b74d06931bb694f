"""What the conditions of a policy can and cannot be together: gaps, overlaps, dead rules, each with a witness."""
