"""What hiding costs: nothing at start-up, and time in proportion to the text."""

from __future__ import annotations

import subprocess
import sys
import time
from itertools import product
from pathlib import Path

import pytest

from assistant.privacy import Pseudonyms

ROOT = Path(__file__).resolve().parents[2]
SHORT = 3_000  # characters
TIMES = 4  # the long text is so many times longer
SQUARE = 10  # growth of the time, 4 when it follows the length, 16 when it follows its square
NOTICED = 0.2  # seconds of processor under which a long text needs no comparison

# Bits that a recogniser may trip on when they are repeated; each stands for a family.
HOSTILE = [
    "a", "0", "@", "\n", "[=", "\u0301", "\ufdfa", "\ud800", "a.b.", "06 39 98 12 34 ", "+44 20 79 ",
    "123 456 782 ", "fr76 3000 ", "1.1.1.1 ", "::1 ", "a.b@c.d ", "a at b dot ", "http://a.", "www.",
    "12 rue a b c d e f g h 75011 ", "75011 Aa de la Bb ", "contrat n° ab-", "n° de client : ",
    "M. de la ", "M. Jean ", "jean-", "Aaa Bbb ", "Alpha SARL ", "Alpha Services ", "cordialement\n",
]  # fmt: skip


def seconds(text: str) -> float:
    """Processor time to hide and restore a text; the text must come back."""
    pseudonyms = Pseudonyms()
    before = time.process_time()
    back = pseudonyms.restore(pseudonyms.hide(text))
    spent = time.process_time() - before
    assert back == text
    return spent


def grows_with_its_square(short: str, long: str) -> bool:
    """Whether a text's time grows faster than its length; asked twice before it is believed."""
    return all(
        (spent := seconds(long)) > NOTICED and spent > SQUARE * seconds(short) for _ in range(2)
    )


@pytest.mark.parametrize("bit", HOSTILE, ids=ascii)
def test_time_follows_the_length(bit: str) -> None:
    """A long text made to trap a recogniser is hidden in a time that follows its length."""
    short = bit * (SHORT // len(bit))
    assert not grows_with_its_square(short, short * TIMES)


def test_time_follows_the_number_of_names() -> None:
    """A thousand names known, and each named again, cost no more than a thousand times one."""
    names = [f"M. Nom{''.join(letters)}" for letters in product("bcdfghjklm", repeat=3)]
    short = ", ".join(names[: len(names) // TIMES])
    assert not grows_with_its_square(short, ", ".join(names))


def run(code: str) -> str:
    """What a fresh process prints for some code."""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


def test_the_command_line_does_not_load_it() -> None:
    """`maintelex ask` starts as fast as before: nothing of this package is loaded."""
    code = "import sys, interfaces.cli; print('assistant.privacy' in sys.modules)"
    assert run(code) == "False"


def test_libraries_wait_for_a_number() -> None:
    """A question without a number loads neither python-stdnum nor phonenumbers."""
    code = (
        "import sys; from assistant.privacy import Pseudonyms;"
        "Pseudonyms().hide('M. Dupont peut-il résilier mon contrat de 36 mois ?');"
        "print(sorted({'stdnum', 'phonenumbers'} & set(sys.modules)))"
    )
    assert run(code) == "[]"
