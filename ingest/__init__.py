"""From files to an index: readers, passages, training, building, checking."""
