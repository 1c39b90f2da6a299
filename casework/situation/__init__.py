"""The client's situation: the mapping, the network's page, and target groups."""
