"""OpenID Connect, towards one provider."""
