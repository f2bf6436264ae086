"""The machine itself: its clock and its random numbers."""
