"""Learning and judging: question sets in, weights and figures out."""
