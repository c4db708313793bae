"""The commands of `malim`, one file each."""
