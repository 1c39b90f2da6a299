"""Cases: the door to them, opening and closing, their head, notes, drafts and team: what is about a case as such."""
