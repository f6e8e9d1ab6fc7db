"""Who may administer: asked of the store at every action, never of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from interfaces.ui.desk import session

if TYPE_CHECKING:  # heavy to import: only where there is a desk
    from assistant.desk import Actor, Store


def admin(store: Store) -> Actor:
    """The administrator at the screen, as the store knows them now.

    Raises:
        AccessError: nobody is signed in, or their account is no administrator's.
    """
    from assistant.desk import AccessError, require

    actor = session.current(store)
    if actor is None:
        raise AccessError("Vous n'êtes pas connecté.", fix="Connectez-vous, puis recommencez.")
    require(actor, "admin")
    return actor


def noted(store: Store, action: str, subject: str) -> None:
    """Write in the audit that the administrator at the screen does something.

    Raises:
        AccessError: nobody is, or no administrator.
        StoreError: it cannot be written: it must not be done.
    """
    by = admin(store)
    with store.write() as work:
        work.note(by.name, action, subject)
