"""Reads of services: what is known of a person, what she may have, whom a service missed."""
