"""Pages over all subjects: Today, the case page, its timeline, the client's own map."""
