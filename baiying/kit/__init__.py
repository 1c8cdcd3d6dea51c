"""The lowest Django layer: errors, log, powers, sealed fields, drafts, rates, and the door to the database."""
