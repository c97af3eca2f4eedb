"""Mail that is not lost: written down first, sent in the background, tried again, forgotten once sent."""
