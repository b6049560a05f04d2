"""Code runs on a Piston server elsewhere (PISTON_URL). Its API: https://github.com/engineer-man/piston, v2."""
