"""Turns at answering."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from interfaces.ui.assistant.turns import Turns

SOON = 10.0  # seconds that a test waits for what must come


def until(told: Callable[[], bool]) -> None:
    """Wait for something that other threads bring about."""
    waiting = threading.Event()
    for _ in range(int(SOON / 0.005)):
        if told():
            return
        waiting.wait(0.005)
    raise AssertionError("it never came")


def test_no_more_answers_are_made_together_than_there_are_turns() -> None:
    """Twelve who ask together are answered two by two."""
    turns, lock, seen = Turns(at_once=2), threading.Lock(), {"now": 0, "most": 0}

    def ask(_: int) -> None:
        with turns.answering():
            with lock:
                seen["now"] += 1
                seen["most"] = max(seen["most"], seen["now"])
            threading.Event().wait(0.005)
            with lock:
                seen["now"] -= 1

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(ask, range(12)))
    assert seen == {"now": 0, "most": 2}


def test_who_came_first_is_answered_first() -> None:
    """The order is that of arrival."""
    turns, order = Turns(at_once=1), []
    with ThreadPoolExecutor(5) as pool, turns.answering():
        for number in range(5):
            pool.submit(_note, turns, order, number)
            until(lambda number=number: len(turns._waiting) == number + 1)  # type: ignore[misc]
    assert order == [0, 1, 2, 3, 4]


def _note(turns: Turns, order: list[int], number: int) -> None:
    """Take one's turn and say so."""
    with turns.answering():
        order.append(number)


def test_what_stands_around_an_answer_waits_for_the_others_answers() -> None:
    """One who has an answer goes on only when those who came later have theirs too."""
    turns, told = Turns(at_once=1, around=SOON), []

    def ask(name: str) -> None:
        with turns.answering() as shown:
            told.append(f"{name} answered")
            until(lambda: name == "second" or len(turns._waiting) == 1)
            shown()
            told.append(f"{name} whole")

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(ask, "first")
        until(lambda: bool(told))
        pool.submit(ask, "second").result()
        first.result()
    assert told[:2] == ["first answered", "second answered"]


def test_an_error_gives_the_turn_back() -> None:
    """A question that fails leaves its place to the next."""
    turns = Turns(at_once=1, longest=SOON)
    with pytest.raises(ValueError, match="failed"), turns.answering():
        raise ValueError("failed")
    with ThreadPoolExecutor(1) as pool:
        order: list[int] = []
        pool.submit(_note, turns, order, 1).result(timeout=SOON / 2)
    assert order == [1]


def test_a_turn_that_hangs_holds_nobody_for_ever() -> None:
    """Beyond the bound, an answer is made without a turn."""
    turns, order = Turns(at_once=1, longest=0.05), list[int]()
    with turns.answering(), ThreadPoolExecutor(1) as pool:
        pool.submit(_note, turns, order, 1).result(timeout=SOON)
    assert order == [1]


def test_the_rest_waits_within_bounds() -> None:
    """Another answer that takes long does not keep a page from being whole."""
    turns = Turns(at_once=2, around=0.05)
    with turns.answering(), ThreadPoolExecutor(1) as pool:
        pool.submit(_whole, turns).result(timeout=SOON)


def _whole(turns: Turns) -> None:
    """An answer and what stands around it."""
    with turns.answering() as shown:
        shown()
