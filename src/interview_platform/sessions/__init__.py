"""The interview: create, invite, join, roles, end."""
