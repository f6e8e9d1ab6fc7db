"""One module a format: files to blocks of text."""
