"""The web page: it draws what the assistant decides."""
