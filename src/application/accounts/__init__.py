"""Who may come in: people and their logins."""
