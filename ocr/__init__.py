"""An image becomes words."""
