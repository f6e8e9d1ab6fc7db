"""The doors: command line, batches, settings, pages."""
