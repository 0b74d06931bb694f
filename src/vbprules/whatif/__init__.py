"""What if: two decisions of one case, the second with something changed, compared outcome by outcome."""
