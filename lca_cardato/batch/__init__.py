"""Many scenarios at once: spaces, vectorised evaluation, selection, output."""
