"""Tasks: each reads one kind of dataset, asks an engine, and says what each item came to."""
