"""Spanish: who said what, in quotation marks and dashes, after "que" and "según"."""
