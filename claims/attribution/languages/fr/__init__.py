"""French: who said what, in guillemets, after "que" and after "selon"."""
