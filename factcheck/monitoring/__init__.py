"""What an operator sees from outside: logs, metrics, error reports.

None of them holds what was typed: no form values, no query strings, no drafts.
"""
