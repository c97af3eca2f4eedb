"""How the partnership decides: the states, the queue, the review of each changed field, concerns."""
