"""`Reply` -> what a channel shows. Rendering adds nothing and leaves nothing out."""
