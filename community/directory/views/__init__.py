"""The pages that parents see."""
