"""Everything that writes: annotation, workflow, publication, review; no requests."""
