"""Below every view: responses, client addresses, links, languages, middleware."""
