"""What others would build over the same documents, to compare with: one engine a file."""
