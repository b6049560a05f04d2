"""MongoDB behind the features' store ports (plain PyMongo). Why it looks as it does: docs/decisions/0008-mongodb.md."""
