"""What the program costs, each time beside a peer or a baseline measured in the same run."""
