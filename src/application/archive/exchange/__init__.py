"""Files of what was measured: written for whoever asks, and read."""
