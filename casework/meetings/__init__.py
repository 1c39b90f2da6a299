"""Meetings of the team: agendas, minutes, and who is told."""
