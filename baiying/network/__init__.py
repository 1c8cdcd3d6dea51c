"""Units, ties, places, posts and the territory they serve."""
