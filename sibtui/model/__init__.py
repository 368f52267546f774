"""The rules: values in, values out. No file, no SQL, no screen."""
