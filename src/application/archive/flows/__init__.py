"""What flowed in a home."""
