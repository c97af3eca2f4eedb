"""The outreach cockpit: of all settings that we know, whom do we reach, and what comes next."""
