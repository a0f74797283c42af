"""What a person sees and presses. No rule about annotations lives here."""

__version__ = "0.2.0"
