"""What is told on a terminal, in order."""
