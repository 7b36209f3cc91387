"""Django forms of the admin and the public site, one subject per module."""
