"""Who signs and receives for a client: legal guardians and authorised representatives, by which paper and how long."""
