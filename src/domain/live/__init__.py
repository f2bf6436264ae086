"""What is shown as it happens."""
