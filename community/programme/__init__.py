"""Forums, training and briefings: the programme, who comes, and what it counts towards."""
