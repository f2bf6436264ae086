"""What the command line can do: one command a file, each importing what it needs when it runs."""
