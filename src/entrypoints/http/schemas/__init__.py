"""What travels over HTTP: the bodies that are read, and the answers that are written."""
