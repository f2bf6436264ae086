"""What flowed in a home, bucket by bucket."""
