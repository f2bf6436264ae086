"""The steps: a new one names the last as its `down_revision`, and `migrate.HEAD` names it."""
