"""The problem bank: statements, starter code, test cases."""
