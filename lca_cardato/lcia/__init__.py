"""What is counted: elementary flows, factors, indicators, methods."""
