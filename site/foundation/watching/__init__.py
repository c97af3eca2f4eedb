"""What an operator's monitoring may know: numbers, and the places of faults; nobody's name, address or words."""
