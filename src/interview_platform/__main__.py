from interview_platform.app.cli import main

main()
