"""The description of work and functional ability, and the page of abilities."""
