"""What next: what comes if nothing more happens, the smallest addition that changes it, and by which day."""
