"""Everything about talking to Emporia's cloud."""
