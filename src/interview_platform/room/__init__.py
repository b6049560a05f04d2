"""The live side of a session: shared document, presence, events socket."""
