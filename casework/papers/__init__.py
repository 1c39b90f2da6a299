"""What is printed for people outside: each paper says what stands on it; tenants.printing says where."""
