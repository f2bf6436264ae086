"""What the use-cases ask of the world, one conversation partner a file."""
