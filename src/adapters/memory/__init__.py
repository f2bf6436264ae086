"""What this process keeps in memory: for speed, or for as long as it runs."""
