"""What several repositories say alike in their statements."""
