"""A municipality's own figures: reading them, putting one in place of a shipped figure, and the page that lists all."""
