"""The end of a case: what is still open in it, who has that from then on, and the two doors out."""
