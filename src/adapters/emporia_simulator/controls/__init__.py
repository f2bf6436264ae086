"""What tests and demos steer the simulator with: options, time, faults, and a count of requests."""
