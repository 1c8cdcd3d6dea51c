"""百应: one need comes in, and is finished only when the person who asked says so."""
