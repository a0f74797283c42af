"""The open documents: how they are loaded, get suggestions and are saved, and the way between them."""
