"""Pure Python: no Django, no clock of its own, no randomness. Days, bytes and seeds are arguments."""
