"""What energy costs: keeping tariffs, and pricing what was measured."""
