"""What a command does to start soon: less is loaded, and less is done with it."""
