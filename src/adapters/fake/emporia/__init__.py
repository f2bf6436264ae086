"""Stand-ins for the ports of Emporia's cloud."""
