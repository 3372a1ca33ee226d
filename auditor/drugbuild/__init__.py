"""A drug file from public dumps: dumps -> records -> entries -> substances -> YAML. Offline and deterministic."""
