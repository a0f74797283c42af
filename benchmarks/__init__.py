"""What the program costs, always compared with a peer or a baseline measured in the same run."""
