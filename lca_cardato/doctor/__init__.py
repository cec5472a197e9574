"""What is installed where, and whether it is sound."""
