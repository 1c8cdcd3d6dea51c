"""Views by who uses them: public, asker, handler, account; and trouble for what went wrong."""
