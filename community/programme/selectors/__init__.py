"""What others ask about the programme."""
