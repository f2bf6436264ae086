"""Password hashes, access tokens and sealing at rest."""
