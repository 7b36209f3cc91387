"""What programs are answered: the read API, the change feed, MCP, llms.txt."""
