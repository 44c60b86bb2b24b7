"""The program `bonerx`, also as `python -m bonerx`."""


def main() -> None:
    """Run the command line and exit with its code."""
    from bonerx.cli import app

    app()


if __name__ == "__main__":
    main()
