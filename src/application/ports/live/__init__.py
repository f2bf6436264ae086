"""What frames are made with."""
