"""Five reports for staff, in the admin's Reports menu."""
