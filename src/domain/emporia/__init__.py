"""What Emporia knows and says: links, devices, usage, and how often it may be asked."""
