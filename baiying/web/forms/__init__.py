"""Forms: what is read from a page, with a sentence linked to each field that could not be read."""
