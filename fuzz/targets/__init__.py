"""One module for each reader: ``one(data)`` reads bytes as a stranger's file and checks what comes of it."""
