"""The register as open data: Open Referral UK 3.0 under /o/, and a public spreadsheet. Fed by the directory's index,
which is drawn from published snapshots alone."""
