"""What people read: texts in two languages, and the terminal."""
