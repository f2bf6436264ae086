"""What this project says about its speed, measured beside its peers in one run."""
