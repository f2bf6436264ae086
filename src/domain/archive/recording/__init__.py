"""What is recorded of a home, when, and how an answer of Emporia's is read for it."""
