"""A colleague or the team's doctor reads a draft and remarks on it; filing and signing never wait for that."""
