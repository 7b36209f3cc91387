"""The demo's data: sample articles with claims and verdicts, and logins."""
