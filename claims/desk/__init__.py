"""What the desk does besides marking claims and moving them: no request, no page."""
