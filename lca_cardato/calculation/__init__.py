"""From a product system to scores, for one scenario or a million."""
