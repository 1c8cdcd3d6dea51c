"""One thin function an operation: it calls what the page of the same thing calls."""
