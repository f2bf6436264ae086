"""What a stream says, whatever carries it: messages, ends and close codes."""
