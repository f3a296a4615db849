"""Judging by a chat model: what it is shown, what it answers, and what of its answer is believed."""
