"""Feedback to who referred the client: what may be told of the road since then, as a letter that is handed over."""
