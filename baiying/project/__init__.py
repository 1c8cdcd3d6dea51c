"""Settings, wiring, launcher and command line. Imports everything, imported by nothing."""
