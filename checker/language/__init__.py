"""Reading English: sentences, words, quantities, dates, names and quotations in a plain text.

Every function takes a string and returns values with spans into that string. Nothing here knows of drafts,
sources or verdicts, so that claims, corpus and verify read a text in one and the same way.
"""
