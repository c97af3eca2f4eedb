"""Who plans waves."""

SEE = "surveys.view_wave"
EDIT = "surveys.change_wave"
