"""An app with a migration that is run and taken back while the site is in use."""
