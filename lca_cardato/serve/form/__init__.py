"""A scenario as a form of a page: created, edited, calculated, saved."""
