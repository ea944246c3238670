"""``python -m saraban``.

A reading process imports the main module again when it starts; this one costs it nothing.
"""


def main() -> None:
    """Run the command line."""
    from saraban.cli import main as command_line

    command_line()


if __name__ == "__main__":
    main()
