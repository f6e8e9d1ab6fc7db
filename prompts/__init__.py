"""Versioned prompt files. None yet: every answer is composed from reviewed text."""
