"""What can go wrong at the desk.

DeskError             anything below
├── StoreError        the database is away, locked, full or newer than this program
├── AccessError       the person may not do that, or is not signed in
├── SignInError       the name or the password is wrong, or the account is locked
├── MissingError      no such item, reference or account
├── ConflictError     somebody else changed the same thing first
├── EditError         a text that cannot be published as it stands
├── PolicyError       the policy file is wrong
└── AuditError        the audit does not hold together
"""

from __future__ import annotations

from retrieval.errors import AppError


class DeskError(AppError):
    """A failure at the desk."""


class StoreError(DeskError):
    """The database is away, locked, full or newer than this program."""


class AccessError(DeskError):
    """The person may not do that, or is not signed in."""


class SignInError(DeskError):
    """The name or the password is wrong, or the account is locked."""


class MissingError(DeskError):
    """No such item, reference or account."""


class ConflictError(DeskError):
    """Somebody else changed the same thing first."""


class EditError(DeskError):
    """A text that cannot be published as it stands."""


class PolicyError(DeskError):
    """The policy file is wrong."""


class AuditError(DeskError):
    """The audit does not hold together."""
