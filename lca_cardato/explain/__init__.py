"""What every error code means, how it is mended, and an example that raises it."""
