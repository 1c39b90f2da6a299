"""Reading, for views and for billing. What is shown of a client is written to the access log here, beforehand."""
