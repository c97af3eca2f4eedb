"""How a setting shows what it does to keep children safe: the standard, self-assessment, evidence, awards."""
