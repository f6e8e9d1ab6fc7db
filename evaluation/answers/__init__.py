"""Answers judged: whether they are right, what the guard did, what they show, what they cost."""
