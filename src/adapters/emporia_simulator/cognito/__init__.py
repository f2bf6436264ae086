"""The user pool: users, sign-in with SRP or a password, tokens and their renewal (Cognito)."""
