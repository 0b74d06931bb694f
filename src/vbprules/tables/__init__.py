"""Facts of many institutions in tables: read, headed, and taken up some institutions at a time."""
