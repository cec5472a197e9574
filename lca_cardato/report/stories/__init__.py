"""What a report tells, in order."""
