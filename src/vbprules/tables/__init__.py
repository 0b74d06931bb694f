"""Facts of many institutions in tables: read, headed, split into the dossiers of the institutions."""
