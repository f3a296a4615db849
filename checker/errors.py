"""What can go wrong, drawn as a tree.

    CheckerError                   anything this program says in one line
    ├── UsageError                 the command or a setting is off                            (exit 2)
    │   └── SettingsError          a settings file names an unknown key or a bad value
    ├── InputError                 a draft or source cannot be read                           (exit 2)
    │   ├── UnreadableError        damaged, encrypted, empty, binary, or not the format it claims
    │   ├── TooLargeError          over a limit on bytes, pages, cells or expansion
    │   └── ReadTimeoutError       the parsing process ran past its time or memory
    ├── CorpusError                the corpus folder or its index                             (exit 2)
    │   ├── CorpusMissingError     no corpus at that path
    │   ├── CorpusLockedError      another process is writing                                 (retry can help)
    │   ├── ManifestError          a line of the manifest is damaged
    │   └── IndexDamagedError      the derived index disagrees with the corpus; doctor repairs it
    ├── GroundingError             a quote is not in the stored text
    ├── ReportError                a report file is not one of ours, or does not hold         (exit 2)
    └── EngineError                a model could not answer                                   (retry can help)
        ├── ModelUnavailableError  no connection, timed out, over its rate, or failing        (retry can help)
        ├── ModelRefusedError      the model declines to answer
        ├── ModelTruncatedError    the answer was cut at the limit of its length
        ├── ModelMalformedError    the answer is not what was asked for, after one more try
        └── BudgetSpentError       the cap on cost or calls is reached                        (exit 3)

Every error says what is wrong, with which input, and what to do.
"""

from __future__ import annotations


class CheckerError(Exception):
    """Base of every error that is shown to a user as one line."""

    retryable = False

    def __init__(self, problem: str, *, where: str | None = None, hint: str | None = None) -> None:
        self.problem = problem
        self.where = where
        self.hint = hint
        super().__init__(self.line())

    def line(self) -> str:
        """The error as one line: where, what, what to do."""
        text = f"{self.where}: {self.problem}" if self.where else self.problem
        if self.hint:
            text = f"{text.rstrip('.')}. {self.hint}"
        return " ".join(text.split())

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross the boundary of the parsing process, so they must survive pickling.
        return (_rebuild, (type(self), self.problem, self.where, self.hint))


def _rebuild(kind: type[CheckerError], problem: str, where: str | None, hint: str | None) -> CheckerError:
    return kind(problem, where=where, hint=hint)


class UsageError(CheckerError):
    """The command line or a Python call asks for something that cannot be."""


class SettingsError(UsageError):
    """A setting is unknown or has a value that cannot be used."""


class InputError(CheckerError):
    """A draft or a source cannot be read."""


class UnreadableError(InputError):
    """The file is damaged, encrypted, empty, binary, or not the format it claims to be."""


class TooLargeError(InputError):
    """The file is over a limit on bytes, pages, cells or expansion."""


class ReadTimeoutError(InputError):
    """The parsing process ran past its time or memory."""


class CorpusError(CheckerError):
    """The corpus folder or its index cannot be used."""


class CorpusMissingError(CorpusError):
    """There is no corpus at that path."""


class CorpusLockedError(CorpusError):
    """Another process is writing to the corpus or its index."""

    retryable = True


class ManifestError(CorpusError):
    """A line of the manifest cannot be read."""


class IndexDamagedError(CorpusError):
    """The derived index disagrees with the corpus."""


class GroundingError(CheckerError):
    """A quote was asked for that is not in the stored text."""


class ReportError(CheckerError):
    """A report file is not one of ours, or what it says does not hold."""


class EngineError(CheckerError):
    """A model or an embeddings server could not answer."""

    retryable = True


class ModelUnavailableError(EngineError):
    """The model's server cannot be reached, is over its rate, or fails, after the retries that were allowed."""


class ModelRefusedError(EngineError):
    """The model declines to answer."""

    retryable = False


class ModelTruncatedError(EngineError):
    """The answer was cut where the limit of its length was reached."""

    retryable = False


class ModelMalformedError(EngineError):
    """The answer is not of the asked form, and was not after the fault was named to the model."""

    retryable = False


class BudgetSpentError(EngineError):
    """The cap on cost or on calls is reached; what was not asked can be asked in a later run."""

    retryable = False
