"""The pages beside the assistant: each draws what an engine decides."""
