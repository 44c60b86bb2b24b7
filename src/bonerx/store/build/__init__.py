"""A store in the making: records in, checked and indexed, a file with checksums out."""
