"""What energy costs: tariffs, what pricing makes of hours, and bills."""
