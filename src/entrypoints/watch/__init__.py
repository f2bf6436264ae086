"""A client of the gateway for the terminal: a live table of a home, over REST and the stream."""
