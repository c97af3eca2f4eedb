"""The screens of survey managers."""
