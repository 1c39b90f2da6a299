"""Decisions: recording them, and the check whether every illness was considered."""
