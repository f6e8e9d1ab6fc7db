"""What was said before: the questions of a conversation, and the facts told in them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answering import understand
from assistant.answering.facts import Facts, facts_of, only_facts, read_facts
from assistant.answering.types import Answer, Turn


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was said before, oldest first. Each caller keeps its own."""

    turns: tuple[Turn, ...] = ()
    facts: Facts = Facts()  # told in turns that are no longer held

    def after(self, question: str, answer: Answer) -> Conversation:
        """The conversation with one more turn; a declined question leaves no trace but its facts."""
        if answer.status == "declined" and not only_facts(question):
            return self
        turns = (*self.turns, Turn(question))
        kept = turns[-2 * understand.MAX_TURNS :]
        gone = facts_of(turn.question for turn in turns[: -len(kept)])
        return Conversation(kept, gone.over(self.facts))

    def told(self, question: str) -> Facts:
        """What is known of the case once a question is asked: its own words win over older ones.

        What the contract says on the point is forgotten with the subject.
        """
        before = facts_of(turn.question for turn in self.turns).over(self.facts)
        if not (only_facts(question) or understand.is_follow_up(question)):
            before = replace(before, written=None)
        return read_facts(question).over(before)
