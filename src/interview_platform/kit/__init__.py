"""Small shared tools that know nothing of the product."""
