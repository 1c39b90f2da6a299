"""Removals: that a final decision be removed is asked, answered, and followed by a new decision."""
