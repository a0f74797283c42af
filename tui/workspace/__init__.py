"""The documents that are open: loaded, suggested for, saved, and the way from one to the next."""
