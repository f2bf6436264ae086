"""The WebSocket side of a connection: its handshake, its frames, its limits."""
