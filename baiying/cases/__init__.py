"""One kind of handling for every case; does not know why a case exists."""
