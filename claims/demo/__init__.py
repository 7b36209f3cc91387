"""The demo: sample articles with their claims and verdicts, and its logins."""
