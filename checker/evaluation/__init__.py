"""Measuring: datasets, tasks, scores, statistics, comparison and the gate. Knows engines, never a prompt."""
