"""A season's orders and a stock of lots: which lot goes into which order."""
