"""In-memory stand-ins for every port: for tests, and for whoever builds on the ports."""
