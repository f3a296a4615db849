"""Direct quotations: whether their words stand in a source, and whether their speaker says them there."""
