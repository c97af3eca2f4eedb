"""What can be done to questionnaires, one verb a function."""
