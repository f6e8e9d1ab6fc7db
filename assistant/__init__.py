"""Answers, conversations, the model contract, and what people say of answers."""
