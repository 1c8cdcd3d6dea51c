"""What an operator is told when an installation cannot go on."""


class Trouble(Exception):
    """A full sentence for the operator: what happened, why, and what to do."""
