"""How often the cloud may be asked, and when it is left alone."""
