"""What one machine needs that has no servers: embedded PostgreSQL and Valkey, a mail sink, a supervisor, the demo."""
