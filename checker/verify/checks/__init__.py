"""Deterministic checks: what one sentence of a source gives otherwise than a claim, item by item."""
