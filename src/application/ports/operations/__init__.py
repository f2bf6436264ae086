"""The gateway's own state: storage, checks, changes by others."""
