"""Files in and out: articles, claims, marked texts, and the columns of an export."""
