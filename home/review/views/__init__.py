"""/review/: the Young Advisors' side, and the pages for those who answer them."""
