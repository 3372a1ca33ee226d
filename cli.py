"""The command line from a checkout: `python cli.py audit PAGE`."""

from auditor.cli import main

if __name__ == "__main__":
    main()
