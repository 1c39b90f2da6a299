"""Statement requests: asked, reminded, sent back, received."""
