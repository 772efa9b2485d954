"""How results are written: tables for people, JSON for programs, CSV for spreadsheets."""
