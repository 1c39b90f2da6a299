"""What a text has in square brackets: still to be filled in, done or deleted. Pure."""

import re


def reminders(*texts: str) -> list[str]:
    """Find what stands in brackets in the texts of a paper: it would go out as it stands."""
    return [found for text in texts for found in re.findall(r"\[[^\[\]]+\]", text)]
