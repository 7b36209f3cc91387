"""HTTP below the views: responses, client IP, absolute URLs, languages, middleware."""
