"""What stands between the spider and the network, one concern a file."""
