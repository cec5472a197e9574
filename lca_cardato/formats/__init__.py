"""Product systems handed to other programs, and processes taken from them."""
