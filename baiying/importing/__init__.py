"""Bringing in sheets: units, posts and members from a spreadsheet, looked through, corrected, entered, taken back."""
