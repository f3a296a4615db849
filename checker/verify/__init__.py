"""Verification: a claim and the passages found for it become a verdict with the sources' own words.

One claim is read against one sentence at a time (`readings`): how much of it the sentence says (`alignment`),
and what the deterministic checks find (`quantities`, `dates`, `names`, `negation`, `quotes`). `verdicts` weighs
the readings; `ground` cuts the words that are shown.
"""
