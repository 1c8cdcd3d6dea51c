"""Services find people: what is known of a person, what she may have, who is entitled and was missed."""
