"""Signing in to Emporia, at Amazon Cognito."""
