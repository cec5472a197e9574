"""What to measure next: which meters, papers and analyses narrow a result or prove a claim."""
