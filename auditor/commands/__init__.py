"""One module a command: options in, a call of the library, words out."""
