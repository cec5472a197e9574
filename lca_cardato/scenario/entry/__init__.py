"""A scenario as it is filled in: its fields described, and the workbook made of them."""
