"""One file per output format, and the command line."""
