"""Errors are one line and survive the way between processes."""

from __future__ import annotations

import pickle

from checker.errors import CheckerError, CorpusLockedError, UnreadableError


def test_an_error_is_one_line_of_where_what_and_what_to_do() -> None:
    """The line names the input, the fault and the way out, whatever white space they carry."""
    error = UnreadableError("is damaged\nat byte 7.", where="notes.pdf", hint="Save it again.")
    assert str(error) == error.line() == "notes.pdf: is damaged at byte 7. Save it again."


def test_an_error_survives_pickling() -> None:
    """What the parsing process raises is raised here, as the same kind with the same words."""
    error = UnreadableError("is empty", where="a.txt", hint="Give a draft.")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.line()) == (UnreadableError, error.line())


def test_an_error_says_whether_trying_again_can_help() -> None:
    """A held lock passes; a plain error does not."""
    assert CorpusLockedError.retryable
    assert not CheckerError.retryable
