"""Clients: who they are, how they are found, their illnesses and the people around them."""
