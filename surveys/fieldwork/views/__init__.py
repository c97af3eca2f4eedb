"""Pages of teachers, school leads and survey managers."""
