"""German: who said what, in verb-second clauses and in the subjunctive."""
