"""Tables, each described once."""
