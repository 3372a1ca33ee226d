"""Health-content compliance auditor: reads health web pages and says, with proof, where they break the rules."""
