"""The spent budgets: counted with every request, so in a way of their own."""
