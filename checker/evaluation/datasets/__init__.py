"""Datasets: plain files become items with gold labels, or one line that says which file, which line and what to do."""
