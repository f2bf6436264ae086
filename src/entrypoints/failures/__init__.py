"""What every failure is called, and how it is told, whatever carries it."""
