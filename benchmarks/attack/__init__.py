"""What a stranger, or a user who means harm, can send: one small attack each, one file a kind."""
