"""What can go wrong, told with a remedy.

AppError                    anything a door shows as a plain message
├── UsageError              the call itself is wrong (exit code 2)
├── IndexMissingError       no index has been built yet
├── IndexMismatchError      an index made by another format or encoder
├── IndexCorruptError       an index whose files do not fit together
├── IndexUnreachableError   an index kept by a server that does not answer
├── EncoderError            an encoder that cannot be loaded or used
├── KnowledgeBaseError      the knowledge base breaks its own rules
├── DocumentError           a document that cannot be read
├── BuildError              an index that could not be built
└── SettingsError           a setting that is unknown or out of range
"""

from __future__ import annotations


class AppError(Exception):
    """A failure that the user can act on.

    Args:
        problem: what happened, with the value received.
        fix: what to do next.
    """

    exit_code = 1

    def __init__(self, problem: str, *, fix: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.fix = fix

    def __str__(self) -> str:
        return f"{self.problem} {self.fix}".strip()


class UsageError(AppError):
    """The call itself is wrong."""

    exit_code = 2


class IndexMissingError(AppError):
    """No index has been built yet."""


class IndexMismatchError(AppError):
    """An index made by another format or encoder."""


class IndexCorruptError(AppError):
    """An index whose files do not fit together."""


class IndexUnreachableError(AppError):
    """An index kept by a server that does not answer."""


class EncoderError(AppError):
    """An encoder that cannot be loaded or used."""


class KnowledgeBaseError(AppError):
    """The knowledge base breaks its own rules."""


class DocumentError(AppError):
    """A document that cannot be read."""


class BuildError(AppError):
    """An index that could not be built."""


class SettingsError(AppError):
    """A setting that is unknown or out of range."""

    exit_code = 2
