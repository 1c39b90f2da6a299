"""Cases: the door to them, opening and closing, their head, notes, drafts and team; whatever is about a case as such."""
