"""The product system of a carded product: parameters, mass flows, foreground, solution."""
