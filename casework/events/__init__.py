"""The kinds of events of a timeline, one module a room; `casework.timeline` merges them and is the one that writes."""
