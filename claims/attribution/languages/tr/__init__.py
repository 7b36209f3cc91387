"""Turkish: rules of its own, for verbs at the end and clauses with suffixes."""
