"""Several documents on one institution: each decided on its own, then laid side by side."""
