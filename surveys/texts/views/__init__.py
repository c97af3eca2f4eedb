"""The moderators' and safeguarding leads' screens, and the public page."""
