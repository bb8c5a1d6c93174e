"""What infrastructure code says about networks, and nothing else. Depends on the standard library only."""
