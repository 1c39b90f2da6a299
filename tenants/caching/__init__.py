"""What is remembered for minutes, as attempts to sign in and used codes: in the database of the side one is on.

Valkey is an alarm clock that may stop or be wiped; whoever signs in then still does, and a used code stays used.
"""
