"""The sweeps that turn what is due into tasks and mails."""
