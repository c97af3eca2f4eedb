"""Content as files: reads a folder of YAML and Markdown and makes pages, snippets and settings of it."""
