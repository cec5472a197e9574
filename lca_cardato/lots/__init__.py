"""Lot sheets: what one firm of the chain tells the next of a lot, signed, without its meters."""
