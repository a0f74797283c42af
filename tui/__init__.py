"""What a person sees and presses. No rule about annotations lives here."""
