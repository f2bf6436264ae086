"""Signing in with an identity that a provider vouches for, by OpenID Connect."""
