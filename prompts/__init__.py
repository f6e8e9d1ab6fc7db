"""Versioned prompts and their loader. What is retrieved or typed goes in as delimited data.

A prompt is a file `prompts/<name>.md`: front matter (version, what it is for, the variables that it
takes), then `# Consigne`, what the model must do, and `# Demande`, what it is given. `{{ name }}`
stands for a variable. A change of wording is a new version: answers keep the number.
"""

from __future__ import annotations

from prompts.data import enclose, neutral, new_mark
from prompts.loader import Filled, Prompt, PromptError, load_prompt

__all__ = ["Filled", "Prompt", "PromptError", "enclose", "load_prompt", "neutral", "new_mark"]
